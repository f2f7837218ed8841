"""What the embedded PostgreSQL is told: who may come in, how it runs, and what it never writes down."""

from typing import Final

HBA: Final = """\
# Written at every start. No line lets anybody in without proof, and none is about the network.
local  all          postgres  peer  map=cluster
local  replication  postgres  peer  map=cluster
local  all          all       scram-sha-256
"""

CONFIGURATION: Final = """\
# Written at every start.
listen_addresses = ''
port = {port}
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
max_connections = 300
shared_buffers = '128MB'
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
fsync = {durable}
full_page_writes = {durable}
synchronous_commit = on
# What people confide never reaches the log. An error's first line can quote a value ("invalid input syntax"),
# so errors of a session are not logged at all: whoever caused them is told. LOG, FATAL and PANIC remain.
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_statement = none
log_checkpoints = off
log_min_duration_statement = -1
log_line_prefix = '%m [%p] '
"""

PREPARE: Final = """\
select 'create role "{owner}"' where not exists (select from pg_roles where rolname = '{owner}') \\gexec
alter role "{owner}" login createrole createdb nosuperuser nobypassrls noreplication password '{password}';
select 'create database "{database}" owner "{owner}"'
 where not exists (select from pg_database where datname = '{database}') \\gexec
revoke connect, temporary on database postgres, template1 from public;
"""
