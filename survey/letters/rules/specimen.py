"""A letter with every block, as the page kit shows it."""

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

PAPER = Paper(
    subject="How was October, Ada?",
    preheader="One question; it takes less than a minute.",
    blocks=(
        Paragraph("Hello Ada,\nyou have been with us for three years. We would like to know how it was lately."),
        Scale(
            "How likely is it that you would recommend us to a friend?",
            tuple((str(n), f"https://hear.example.org/r/kY2mQ?answer={n}") for n in range(11)),
            low="not at all likely",
            high="very likely",
        ),
        Small("A click opens the survey with your choice in it. Nothing is sent before you say so."),
        Heading("What others said"),
        Quote("I waited twenty minutes for a machine three evenings in a row. Lovely people, but I have a life.",
              "member for 3 years, left 24 October"),
        Figures((
            ("People who left", "17", "more than usual; 9 of them told us why"),
            ("Would recommend us", "+24", "212 answers, 1 Aug – 31 Oct, between +14 and +34"),
            ("Waiting for an answer", "4", ""),
        )),
        Heading("What we changed"),
        Bullets((
            "Changing rooms are cleaned twice a day.",
            ("Six more machines from November", "https://hear.example.org/improving/machines"),
        )),
        Button("Tell us more", "https://hear.example.org/r/kY2mQ"),
        Rule(),
        Scale(
            "How satisfied were you with your last visit?",
            tuple((label, f"https://hear.example.org/r/kY2mQ?visit={n}") for n, label in
                  enumerate(("Very satisfied", "Satisfied", "Neither", "Dissatisfied", "Very dissatisfied"))),
        ),
    ),
)  # fmt: skip

FOOT = Foot(
    sender_name="Birch & Barbell",
    postal_address="12 Mill Lane\nLeeds LS1 4AB",
    why="You get this because you are or were a customer of Birch & Barbell.",
    unsubscribe="https://hear.example.org/u/kY2mQ",
    preferences="https://hear.example.org/letters/kY2mQ",
    homepage="https://hear.example.org",
)
