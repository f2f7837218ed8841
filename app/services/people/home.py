"""What is somebody's in one organisation, gathered for their first screen."""

from app.domain.organisations.organisation import Role
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.people.deciding import ballots_that_decide
from app.services.people.home_entry_views import HomeApplication, HomeOffer, HomeSignUp, HomeWaiting
from app.services.people.home_group_views import DeclarationDue, HomeBallot, HomeGroup, HomeMeeting
from app.services.people.home_helping_views import HomeAssignment, HomeVisit
from app.services.people.home_ports import HomeUnitOfWork
from app.services.people.home_views import HomeOrganisation, HomeView
from app.services.people.home_webhook_views import HomeWebhook
from app.services.ports.texts import Words


async def look_home(tx: HomeUnitOfWork, actor: Actor, organisation: OrganisationId, words: Words) -> HomeView:
    """The part of the home that lies in this organisation; as many statements however much there is.

    Every ballot that could decide about any of it is counted first, if it is due: those of one's groups, and those of
    the groups that one has applied to.
    """
    person, language = actor.person_id, actor.mark.language
    desk = await tx.home_reads.desk(person)
    applied = await tx.home_reads.applications(person)
    groups = await tx.home_reads.groups(person)
    ballots = await ballots_that_decide(tx, groups, applied)
    now = tx.now
    training = await tx.qualifications.status(person, now) if desk.has_offered else None
    invited = await tx.home_reads.invitations(person)
    signed_up = await tx.home_reads.sign_ups(person, now)
    helped = await tx.home_reads.helped(person) if desk.has_helped else []
    visits = await tx.home_reads.visits(person) if desk.has_helped else []
    waiting = await tx.home_reads.waiting(person) if desk.waits else []
    struggling = await tx.home_reads.struggling() if Role.ADMINISTRATOR in desk.roles else []

    mine = {group.seen.group.id: group.seen for group in groups}
    own = [HomeBallot.of(ballot, mine[ballot.group_id], now) for ballot in ballots if ballot.group_id in mine]
    offers = [HomeOffer.of_application(application, frame, now) for application, frame in applied]
    offers += [HomeOffer.of_invitation(each, organisation) for each in invited]
    applications = [HomeApplication.of(application, now, words, language) for application, _ in applied]
    due = [DeclarationDue.in_group(group) for group in groups]
    helping = [HomeAssignment.of(each, training, organisation, now) for each in helped]
    due.append(DeclarationDue.to_organisation(organisation, desk, training))
    return HomeView(
        organisations=[HomeOrganisation.of(organisation, desk, training, now, words, language)],
        groups=[HomeGroup.of(group, desk, now) for group in groups],
        meetings=[meeting for group in groups for meeting in HomeMeeting.those_of(group, now)],
        ballots=[each for each in own if each is not None],
        offers=[each for each in offers if each is not None],
        applications=[each for each in applications if each is not None],
        declarations_due=[each for each in due if each is not None],
        sign_ups=[HomeSignUp.of(each, organisation) for each in signed_up],
        helping=[each for each in helping if each is not None],
        visits=[HomeVisit.of(each, organisation) for each in visits],
        waiting=[HomeWaiting.of(each, organisation) for each in waiting],
        webhooks=HomeWebhook.those_of(struggling, organisation, now),
    )
