from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "entremise.practice"
    label = "practice"
    verbose_name = "pratique"

    def ready(self) -> None:
        from entremise.core import reflection, schedule, waiting
        from entremise.core.ui.navigation import Item, register
        from entremise.practice import personal, rules, verification  # noqa: F401 - rules register the permissions
        from entremise.practice.services.keys import finish_destructions
        from entremise.practice.waiting import waiting_for

        register(Item("Carnet réflexif", "practice:sheets", "practice.keep_sheets", 310, "lock", section="practice"))
        register(Item("Portfolio", "practice:portfolio", "practice.keep_portfolio", 315, "note", section="practice"))
        register(Item("Analyse de pratiques", "practice:meetings", "practice.meet", 320, "people", section="practice"))
        register(Item("Séances tenues", "practice:held", "practice.count_meetings", 340, "clock", section="practice"))
        schedule.register("pratique.cles", finish_destructions)
        reflection.set_gesture("Analyser ce moment", "practice:begin_from", "practice.keep_sheets")
        waiting.register(waiting_for)
        personal.declare()
        verification.register_checks()
