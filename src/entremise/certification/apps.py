from django.apps import AppConfig


class CertificationConfig(AppConfig):
    name = "entremise.certification"
    label = "certification"
    verbose_name = "certification"

    def ready(self) -> None:
        from entremise.certification import rules  # noqa: F401 - registers the permissions
        from entremise.certification.personal import declare as declare_personal
        from entremise.certification.setup import declare
        from entremise.certification.vae_setup import declare as declare_vae

        declare()
        declare_vae()
        declare_personal()
