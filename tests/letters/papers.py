"""Letters with every block: the one of the page kit, and the like in German and Arabic."""

from survey.letters.rules.paper import (
    Bullets,
    Button,
    Figures,
    Foot,
    Heading,
    Paper,
    Paragraph,
    Quote,
    Rule,
    Scale,
    Small,
)
from survey.letters.rules.specimen import FOOT, PAPER

OWN = "https://hear.example.org/r/kY2mQ"


def tiles(count, since=0):
    return tuple((str(n), f"{OWN}?answer={n}") for n in range(since, since + count))


GERMAN = Paper(
    subject="Wie war Ihr Oktober, Frau Grünwälder-Hoffmannsthal?",
    preheader="Eine Frage, die weniger als eine Minute braucht.",
    language="de",
    blocks=(
        Paragraph("Guten Tag, Frau Grünwälder-Hoffmannsthal,\n\nSie sind seit drei Jahren bei uns. Wie war es zuletzt?"),
        Scale("Wie zufrieden sind Sie mit der Kundenfreundlichkeit?", tiles(5, since=1), "gar nicht", "sehr"),
        Heading("Was andere gesagt haben"),
        Quote("Ihr habt schon wieder den Preis erhöht,\nund ich lese es auf dem Kontoauszug.\n\nSchade.", "Mitglied seit 2023"),
        Quote("انتظرت عشرين دقيقة من أجل جهاز."),
        Figures((("Weggegangen", "1.204", "mehr als sonst"), ("Weiterempfehlung", "+24", "212 Antworten, zwischen +14 und +34"))),
        Bullets(("Die Umkleiden werden zweimal am Tag gereinigt.", ("Sechs neue Geräte", "https://hear.example.org/improving/g"))),
        Rule(),
        Button("Mehr erzählen", OWN),
        Small("Bis zum 14. November."),
    ),
)  # fmt: skip

ARABIC = Paper(
    subject="كيف كان شهر أكتوبر؟",
    preheader="سؤال واحد يستغرق أقل من دقيقة.",
    language="ar",
    direction="rtl",
    blocks=(
        Paragraph("مرحبًا ليلى،\nأنت معنا منذ ثلاث سنوات، ونود أن نعرف كيف كانت تجربتك مؤخرًا."),
        Scale("ما مدى احتمال أن توصي بنا لصديق؟", tiles(11), "غير محتمل على الإطلاق", "محتمل جدًا"),
        Small("النقر يفتح الاستبيان باختيارك. لن يُرسل شيء قبل أن تؤكد."),
        Heading("ما قاله الآخرون"),
        Quote("انتظرت عشرين دقيقة من أجل جهاز ثلاث أمسيات متتالية.", "عضوة منذ ٣ سنوات"),
        Quote("Twice a week, and I would come more often.", "Ada"),
        Figures((("أشخاص غادروا", "17", "أكثر من المعتاد"), ("صافي الترويج", "+24", "212 إجابة"))),
        Heading("ما غيّرناه"),
        Bullets(("تُنظَّف غرف الملابس مرتين في اليوم.", ("ستة أجهزة جديدة", "https://hear.example.org/improving/g"))),
        Button("أخبرنا المزيد", OWN),
        Rule(),
        Scale("كيف كانت زيارتك؟", (("راضٍ جدًا", f"{OWN}?v=1"), ("راضٍ", f"{OWN}?v=2"), ("غير راضٍ", f"{OWN}?v=3"))),
    ),
)  # fmt: skip

PAPERS = {"en": PAPER, "de": GERMAN, "ar": ARABIC}

GERMAN_FOOT = Foot("Studio Müller GmbH", "Am Markt 3\n04109 Leipzig", "Sie erhalten dies, weil Sie Kundin von Studio Müller sind oder waren.",
                   None, "https://hear.example.org/letters/kY2mQ", "https://hear.example.org")  # fmt: skip
ARABIC_FOOT = Foot("نادي الواحة", "شارع النيل 12\nالقاهرة", "You get this because you are or were a customer of نادي الواحة.",
                   "https://hear.example.org/u/kY2mQ", "https://hear.example.org/letters/kY2mQ", "https://hear.example.org")  # fmt: skip
FOOTS = {"en": FOOT, "de": GERMAN_FOOT, "ar": ARABIC_FOOT}
