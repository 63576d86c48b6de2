from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "entremise.practice"
    label = "practice"
    verbose_name = "pratique"

    def ready(self) -> None:
        from entremise.core import reflection, waiting
        from entremise.core.ui.navigation import Item, register
        from entremise.practice import personal, rules  # noqa: F401 - rules register the permissions
        from entremise.practice.waiting import waiting_for

        register(Item("Carnet réflexif", "practice:sheets", "practice.keep_sheets", 310, "lock", section="practice"))
        reflection.set_gesture("Analyser ce moment", "practice:begin_from", "practice.keep_sheets")
        waiting.register(waiting_for)
        personal.declare()
