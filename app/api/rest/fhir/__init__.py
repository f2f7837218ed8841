"""FHIR R4 (4.0.1), for reading: offers as HealthcareService, one's own meetings as Appointment."""
