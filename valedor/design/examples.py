"""What the living page shows: made-up content, in whichever of the four languages is longest."""

from dataclasses import dataclass
from pathlib import Path

from django import forms
from django.utils.safestring import mark_safe

from .forms import ChoiceCards, ChoiceCardsMany, DayInput, FilesInput
from .parts import (
    DocumentRow,
    Fact,
    Figure,
    JourneyStep,
    MenuItem,
    Pause,
    QueueRow,
    Rail,
    Step,
)

GLYPHS = sorted(path.stem for path in (Path(__file__).parent / "templates/design/icons").iterdir())

COLOURS = [
    "paper",
    "surface",
    "sunken",
    "line",
    "line-firm",
    "ink",
    "ink-soft",
    "ink-faint",
    "accent",
    "accent-strong",
    "accent-wash",
    "coral",
    "coral-wash",
    "amber",
    "amber-wash",
    "violet",
    "violet-wash",
    "marked",
]

LONGEST_SENTENCE = (
    "Encara no es pot tancar: la devolució acordada de 84,20 € no s'ha fet i la clienta no ha "
    "confirmat la data de la visita tècnica."
)

RAILS = [
    Rail(
        label="Resolução, prazo legal",
        words="restam 14 dias",
        share_gone=8,
        start="qui., 19 de nov.",
        end="sex., 4 de dez.",
        how_counted_url="#",
    ),
    Rail(
        label="Primera respuesta",
        words="quedan 17 h",
        state="warn",
        share_gone=64,
        start="jue 19, 09:14",
        end="sáb 21, 09:14",
        how_counted_url="#",
    ),
    Rail(
        label="Resposta motivada a la persona",
        words="va vèncer fa 2 dies",
        state="late",
        share_gone=100,
        start="dij. 5 de nov.",
        end="dv. 20 de nov.",
        how_counted_url="#",
    ),
    Rail(label="Acuse de recibo", words="cumplido al momento", state="met", share_gone=100),
    Rail(
        label="Esclarecimentos adicionais ao consumidor",
        words="suspenso, à espera de documentos",
        state="paused",
        share_gone=45,
        pauses=[Pause(30, 15)],
        start="23 de out.",
        end="sem data enquanto suspenso",
    ),
    Rail(
        label="Dictamen",
        words="retenido hasta que se admita",
        state="held",
        share_gone=0,
        start="23 oct",
        end="",
    ),
    Rail(
        label="Síndica de la clientela",
        words="29 de desembre",
        share_gone=45,
        pauses=[Pause(10, 6), Pause(30, 9)],
        start="23 oct",
        end="fins al 29 des",
        how_counted_url="#",
    ),
]

ROWS = [
    QueueRow(
        url="#",
        reference="2026-004188-Z",
        subject="Sin agua desde el jueves, hay un bebé en casa",
        severity=3,
        severity_words="Gravedad alta",
        stage="Urgente",
        tone="late",
        icon="dot",
        about=["Joan Ferrer", "Suministro", "català"],
        assign_url="#",
        rail=Rail(label="", words="venció hace 2 h", state="late", share_gone=100),
    ),
    QueueRow(
        url="#",
        reference="2026-004182-P",
        subject="Cobro duplicado en la factura de octubre",
        severity=2,
        severity_words="Gravedad media",
        stage="En investigación",
        about=["Marta Soler", "Facturación"],
        initials="IR",
        holder="Iván Reyes",
        rail=Rail(label="primera respuesta", words="quedan 17 h", state="warn", share_gone=64),
    ),
    QueueRow(
        url="#",
        reference="2026-004150-E",
        subject="Cambio de titular sin confirmar",
        severity=1,
        severity_words="Gravedad baja",
        stage="Evaluada",
        about=["Rafael Nunes", "Contratos", "português"],
        initials="IR",
        holder="Iván Reyes",
        rail=Rail(label="respuesta", words="quedan 3 días", share_gone=80),
    ),
    QueueRow(
        url="#",
        reference="2026-004098-Q",
        subject="El contador nuevo marca el doble",
        severity=2,
        severity_words="Gravedad media",
        stage="En la defensora",
        tone="apart",
        icon="diamond",
        about=["Assumpta Vila", "Lecturas", "català"],
        elsewhere="Fuera de la empresa",
        rail=Rail(label="dictamen", words="29 dic", share_gone=43, pauses=[Pause(30, 9)]),
    ),
    QueueRow(
        url="#",
        reference="2026-004190-Q",
        subject="Gracias por la visita del técnico",
        severity=1,
        severity_words="Gravedad baja",
        stage="Cerrada",
        tone="good",
        icon="check",
        about=["Núria Pons", "Agradecimiento"],
        initials="IR",
        holder="Iván Reyes",
        rail=Rail(label="", words="respondida en 40 min", state="met", share_gone=100),
    ),
    QueueRow(
        url="#",
        reference="2026-004201-K",
        subject="Solicitação de esclarecimentos sobre a cobrança posterior ao cancelamento",
        stage="Aguardando complementação",
        tone="warn",
        icon="pause",
        severity_words="Ainda não avaliada",
        about=["Maria Aparecida de Oliveira Nascimento", "Faturamento"],
        rail=Rail(
            label="complementação",
            words="suspenso",
            state="paused",
            share_gone=30,
            pauses=[Pause(20, 10)],
        ),
        excerpt=mark_safe("…a <mark>cobrança</mark> posterior ao cancelamento…"),
    ),
]

JOURNEY = [
    JourneyStep(
        state="done",
        title="Registrada",
        when="12 set, 18:40",
        at="2026-09-12T18:40:00+02:00",
        words="Justificant enviat al moment.",
        url="#",
        link="Descarregar-lo",
    ),
    JourneyStep(
        state="done",
        title="Resposta de l'empresa",
        when="25 set",
        at="2026-09-25",
        words="Desestimada: «el comptador funciona dins de tolerància».",
        url="#",
        link="Llegir la carta",
    ),
    JourneyStep(
        state="done",
        title="No hi esteu d'acord",
        when="2 oct",
        at="2026-10-02",
        words="Vau demanar la segona opinió de la síndica.",
    ),
    JourneyStep(
        state="now",
        title="Síndica de la clientela",
        when="des del 23 oct",
        words="Escolta les dues parts. Es va aturar 6 dies tot esperant el laboratori.",
        url="#",
        link="Com es compta",
        rail=Rail(
            label="", share_gone=45, pauses=[Pause(30, 9)], start="23 oct", end="fins al 29 des"
        ),
    ),
    JourneyStep(state="ahead", title="Resolució motivada", words="Obliga l'empresa, no a vós."),
    JourneyStep(
        state="ahead",
        title="Si encara no us convenç",
        words="Mediació de l'OMIC, arbitratge de consum, tribunals. No perdeu cap dret.",
    ),
]

STEPS = [
    Step(name="Recibida", state="done"),
    Step(name="Acusada", state="done"),
    Step(name="Evaluada", state="done"),
    Step(name="En investigación", state="now"),
    Step(name="Resuelta", state="ahead"),
    Step(name="Cerrada", state="ahead"),
]

MENU = [
    MenuItem(name="Mis expedientes", url="#", count=14, is_current=True),
    MenuItem(name="Vencen pronto", url="#", count=6, is_late=True),
    MenuItem(name="Vencidos", url="#", count=1, is_late=True),
    MenuItem(name="Sense persona assignada", url="#", count="1.000+"),
    MenuItem(name="Aguardando o consumidor", url="#"),
]

FACTS = [
    Fact(name="Nom", value="Marta Soler Puig"),
    Fact(name="Data d'apresentação", value="19 de novembro de 2026, 09:14 (Brasília)"),
    Fact(name="Demana", value="Devolució de 84,20 €"),
    Fact(name="Semblants", value="3 casos a la ruta 14", url="#"),
    Fact(
        name="Correu",
        value="una.adreça.molt.llarga.que.no.es.pot.partir@correu-electronic.exemple.cat",
    ),
]

FIGURES = [
    Figure(name="Reclamações", value="4.812", beside="▲ 3 % em 12 meses, dentro do normal"),
    Figure(name="No prazo legal", value="98,7 %", beside="63 fora", url="#", link="ver os casos"),
    Figure(name="Mediana até a solução", value="2,4 dias", beside="p90: 6,1 dias"),
]

DOCUMENTS = [
    DocumentRow(name="factura-octubre.pdf", url="#", size="214 kB"),
    DocumentRow(
        name="fotografia-del-comptador-antic-el-dia-del-canvi-de-titular.jpeg",
        url="#",
        size="1,9 MB",
        about="rebut el 19 nov",
    ),
    DocumentRow(
        name="vídeo.mov",
        refused="Ocupa 214 MB y el límite es de 25 MB: no se ha guardado, lo demás sí.",
    ),
]


class ExampleForm(forms.Form):
    """Every kind of control."""

    kind = forms.ChoiceField(
        label="¿Qué desea hacer?",
        choices=[
            ("claim", "Reclamar"),
            ("incident", "Comunicar una avería o urgencia"),
            ("enquiry", "Preguntar o sugerir"),
        ],
        widget=ChoiceCards(
            helps={
                "claim": "Algo salió mal y pide que lo arreglemos o le compensemos.",
                "incident": "Sin suministro, fuga o peligro: le atendemos en menos de 2 horas.",
                "enquiry": "Consultas, sugerencias y agradecimientos.",
            }
        ),
    )
    narrative = forms.CharField(
        label="¿Qué ocurrió?",
        help_text="Con sus palabras. Fechas e importes ayudan. No incluya datos de tarjetas.",
        widget=forms.Textarea,
    )
    email = forms.CharField(
        label="Endereço de correio eletrônico",
        help_text="Por exemplo: marta@exemplo.com.br",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    happened_on = forms.DateField(label="Quin dia va passar?", widget=DayInput, required=False)
    area = forms.ChoiceField(
        label="Área afetada",
        choices=[
            ("", "Ainda não sei"),
            ("billing", "Faturamento e cobranças posteriores ao cancelamento"),
        ],
        required=False,
    )
    wishes = forms.MultipleChoiceField(
        label="¿Qué solución espera?",
        choices=[("refund", "Devolución"), ("repair", "Reparación"), ("apology", "Una disculpa")],
        widget=ChoiceCardsMany(attrs={"class": "choices--row"}),
        required=False,
    )
    evidence = forms.FileField(
        label="Pruebas",
        help_text="Fotos, facturas o correos. Hasta 25 MB cada archivo.",
        widget=FilesInput,
        required=False,
    )
    wants_reply_by_post = forms.BooleanField(
        label="Prefiero la respuesta por correo postal",
        help_text="A la dirección que nos indique.",
        required=False,
    )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if not email.partition("@")[2]:
            raise forms.ValidationError(
                "Falta o domínio depois de «@». Exemplo: marta@exemplo.com.br"
            )
        return email


@dataclass(frozen=True, kw_only=True)
class Side:
    """One half of the living page. Identifiers must differ between the halves."""

    scheme: str
    name: str
    form: ExampleForm
    colours: list[str]
    rails: list[Rail]
    rows: list[QueueRow]
    journey: list[JourneyStep]
    steps: list[Step]
    menu: list[MenuItem]
    facts: list[Fact]
    figures: list[Figure]
    documents: list[DocumentRow]
    refusal: str


def _side(scheme: str, name: str) -> Side:
    posted = {
        f"{scheme}-kind": "claim",
        f"{scheme}-narrative": "La factura de octubre cobra dos veces el mismo periodo.",
        f"{scheme}-email": "marta.soler@",
        f"{scheme}-wishes": ["refund"],
    }
    return Side(
        scheme=scheme,
        name=name,
        form=ExampleForm(posted, prefix=scheme, auto_id=f"{scheme}_%s"),
        colours=COLOURS,
        rails=RAILS,
        rows=ROWS,
        journey=JOURNEY,
        steps=STEPS,
        menu=MENU,
        facts=FACTS,
        figures=FIGURES,
        documents=DOCUMENTS,
        refusal=LONGEST_SENTENCE,
    )


def sides() -> list[Side]:
    """Light and dark, with the same content."""
    return [_side("light", "Light"), _side("dark", "Dark")]
