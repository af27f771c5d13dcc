"""The field's terms in three languages, as the glossary fixes them: what English says, and what must stand for it."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A term: a pattern of English, and the patterns of which a translation has to show one (case aside)."""

    english: str
    french: str
    spanish: str

    def is_in(self, text: str) -> bool:
        """Whether an English text uses the term."""
        return re.search(self.english, text, re.IGNORECASE) is not None

    def required(self, language: str) -> str:
        """The pattern that a text in `fr` or `es` must match."""
        return {"fr": self.french, "es": self.spanish}[language]


TERMS = tuple(
    Term(*row)
    for row in (
        # Who is who.
        (r"\bAlliance 8\.7", r"Alliance 8\.7", r"Alianza 8\.7"),
        (r"Global Coordinating Group", r"Groupe de coordination mondial\b", r"Grupo de Coordinación Mundial"),
        (r"\bGCG\b", r"\bGCM\b", r"\bGCM\b"),
        (
            r"Monitoring Working Group|\bMWG\b",
            r"Groupe de travail de suivi",
            r"Grupo de Trabajo de Seguimiento",
        ),
        (r"Monitoring Working Group \(MWG\)", r"suivi de la cible 8\.7 des ODD", r"la Meta 8\.7 de los ODS"),
        (r"\bthe Secretariat\b|Alliance 8\.7 Secretariat", r"Secrétariat\b", r"Secretaría\b"),
        (r"\bChair\b", r"Présidence", r"Presidencia"),
        (r"ILO Director-General", r"Directeur général du BIT", r"Director General de la OIT"),
        (r"ILO Member State", r"État Membre de l.OIT", r"Estado Miembro de la OIT"),
        (r"\bfocal points?\b", r"points? foca(l|ux)", r"puntos? focal(es)?"),
        (r"\bstakeholders?\b", r"parties? prenantes?", r"partes? interesadas?"),
        (r"social partners", r"partenaires sociaux", r"interlocutores sociales"),
        (r"employers' organizations", r"organisations d.employeurs", r"organizaciones de empleadores"),
        (
            r"workers' organizations",
            r"organisations (d.employeurs et )?de travailleurs",
            r"organizaciones .*de trabajadores",
        ),
        (r"civil society", r"société civile", r"sociedad civil"),
        (r"development partners", r"partenaires de développement", r"socios para el desarrollo"),
        (r"coordination bod(y|ies)", r"organes? de coordination", r"órganos? de coordinación"),
        (r"review subgroup", r"sous-groupe d.examen des rapports", r"subgrupo de revisión de informes"),
        # Statuses and what comes of them.
        (r"pathfinder country", r"pays pionnier", r"país(es)? pioneros?"),
        (r"\bstatus\b", r"\bstatut\b", r"\bestatus\b"),
        (r"Pathfinder Country status", r"statut de pays pionnier", r"estatus de país pionero"),
        (r"\bcandidate\b", r"\bcandidat\b", r"\bcandidato\b"),
        (r"\binactive\b", r"\binacti(f|vité)\b", r"\binactiv(o|idad)\b"),
        (
            r"return to active status",
            r"recouvr(er|ement) (le|du) statut actif",
            r"recupera(r el|ción del) estatus de activo",
        ),
        (r"status .*cannot be granted", r"statut ne peut pas être accordé", r"estatus no puede concederse"),
        (r"\bsuspended\b", r"\bsuspendus?\b", r"\ben suspenso\b"),
        (r"\bflags?\b", r"\balertes?\b", r"\balertas?\b"),
        (r"\btimers?\b", r"\bdélais?\b", r"\bplazos?\b"),
        # Stages and steps.
        (r"expression.of.interest", r"manifestation d.intérêt", r"expresión de interés"),
        (r"planning stage", r"étape de planification", r"etapa de planificación"),
        (r"implementation stage", r"étape de mise en œuvre", r"etapa de aplicación"),
        (
            r"monitoring and reporting stage",
            r"étape de suivi et d.établissement de rapports",
            r"etapa de seguimiento y presentación de informes",
        ),
        (r"review stage", r"étape d.examen", r"etapa de revisión"),
        (
            r"strategic planning workshop",
            r"atelier de planification stratégique",
            r"taller de planificación estratégica",
        ),
        (r"\bstocktaking\b|take stock", r"état des lieux", r"\bbalance\b"),
        (r"\broadmap\b", r"feuille de route", r"hoja de ruta"),
        (r"\bbaseline\b", r"valeur de référence", r"línea base"),
        (r"\bnext steps?\b", r"prochaines? étapes?", r"próximos? pasos?"),
        (r"national action plan", r"plans? d.action nation(al|aux)", r"plan(es)? de acción nacional"),
        (r"technical support", r"appui technique", r"apoyo técnico"),
        (r"technical assistance", r"assistance technique", r"asistencia técnica"),
        (r"peer learning", r"apprentissage entre pairs", r"aprendizaje entre pares"),
        (r"development cooperation", r"coopération pour le développement", r"cooperación para el desarrollo"),
        (r"country profile", r"profil du pays", r"perfil del país"),
        # Reports, review, dialogue, the way back.
        (r"progress report", r"rapport (annuel )?d.avancement", r"informe de progreso"),
        (r"annual progress report", r"rapport annuel d.avancement", r"informe de progreso anual"),
        (r"reporting cycle", r"cycle de présentation des rapports", r"ciclo de presentación de informes"),
        (r"indicator framework", r"cadre d.indicateurs", r"marco de indicadores"),
        (r"\bfinalised?\b", r"finalis(er|é)\b", r"finaliz(ar|ado|ó)\b"),
        (r"\bcomments?\b", r"commentaires?", r"comentarios?"),
        (r"\bevidence\b", r"éléments? (de preuve|anecdotiques|n.atteste|attestant)", r"\bpruebas?\b"),
        (r"evidence of progress", r"attest(e|ant) des progrès", r"pruebas? de los progresos"),
        (r"collaborative efforts", r"efforts de collaboration", r"esfuerzos de colaboración"),
        (r"HLPF side event", r"événement parallèle du FPHN", r"evento paralelo del HLPF"),
        (r"\bdialogue\b", r"\bdialogue\b", r"\bdiálogo\b"),
        (r"special circumstances", r"circonstances particulières", r"circunstancias especiales"),
        (r"corrective measure", r"mesures? correctives?", r"medidas? correctivas?"),
        (r"\bconsensus\b", r"\bconsensus\b", r"\bconsenso\b"),
        # The four topics.
        (r"child labour", r"travail des enfants", r"trabajo infantil"),
        (r"forced labour", r"travail forcé", r"trabajo forzoso"),
        (
            r"contemporary forms of slavery",
            r"formes contemporaines d.esclavage",
            r"formas contemporáneas de esclavitud",
        ),
        (r"modern slavery", r"esclavage moderne", r"esclavitud moderna"),
        (r"human trafficking", r"traite des personnes", r"trata de personas"),
    )
)
