"""What the people of the example say."""

FIRST_NAMES = (
    "Ada", "Ben", "Carla", "Deniz", "Elif", "Farid", "Greta", "Hana", "Ivo", "Jonas", "Kofi", "Lena", "Mara", "Nils", "Olga",
    "Paul", "Rosa", "Sami", "Tara", "Uwe", "Vera", "Wim", "Yara", "Zoe",
)  # fmt: skip
LAST_NAMES = (
    "Adler", "Brandt", "Costa", "Demir", "Ekström", "Fischer", "Grant", "Hughes", "Ivanova", "Jensen", "Keller", "Lopez", "Moreau",
    "Novak", "O’Neill", "Petit", "Quist", "Rossi", "Silva", "Tanaka",
)  # fmt: skip

HIGH_WORDS = (
    "The trainers know my name and my bad knee.",
    "Clean, friendly, and never a problem with the contract.",
    "Since the new evening class I have come twice a week. More of that, please.",
    "Great staff, great classes, always a good mood.",
    "I love the early hours. In and out before work.",
    "Excellent trainers who really listen.",
    "Everything works, and when it does not it is fixed the next day.",
    "Best gym I have been to, and I have tried four.",
    "The changing rooms are spotless now. Thank you.",
    "Fair prices and friendly people.",
    "My whole family enjoys it, the children most of all.",
    "Quick answers when I write, and a very helpful front desk.",
)
MIDDLE_WORDS = (
    "Good equipment, but the music is too loud.",
    "Fine for the price.",
    "I like the classes, but there should be more of them at the weekend.",
    "Nice people. Parking is difficult.",
    "Good overall, although booking a class is complicated.",
    "The showers are sometimes cold, everything else is fine.",
    "It does the job.",
    "Friendly staff, but the lockers keep breaking.",
    "Pretty good. I would like longer opening hours on Sunday.",
)
LOW_WORDS = {
    "dirty": (
        "The changing rooms are dirty in the evening.",
        "Dirty showers, again. I told you twice.",
        "Hair in the drains and no paper towels. Disgusting.",
        "The floor in the changing room is filthy after six.",
        "Nobody cleans the machines.",
        "Booking a class on your page is a nightmare.",
    ),
    "other": (
        "Booking a class still takes far too long.",
        "You put the price up and nothing got better.",
        "I wrote twice and nobody answered.",
        "The booking page forgets me every single time.",
        "Half of the classes I book are cancelled.",
        "Too expensive for what I use.",
    ),
}
RECENT_LOW_WORDS = (
    "I waited twenty minutes for a machine three evenings in a row. Lovely people, but I have a life.",
    "Far too crowded after work. I wait more than I train.",
    "There is always a queue for the rowing machines.",
    "Waited half an hour, then went home.",
    "Between six and eight it is hopeless: a queue at every machine.",
    "You sold too many memberships. No machine is ever free in the evening.",
    "Booking a class is still a pain, and the evenings are packed.",
    "The trainers are great, but waiting for every machine is not.",
)
ANGRY_STRANGERS = (
    "Shame on you for sponsoring that race.",
    "I will never set foot in your gym after this.",
    "I saw it on the news. Disgusting. Boycott.",
    "Your owner should be ashamed of what he said.",
    "Never been there and never will.",
    "Everybody should boycott this place.",
)
EXIT_WORDS = {
    "A2": (
        "I waited twenty minutes for a machine three evenings in a row. Lovely people, but I have a life.",
        "Three evenings in a row I waited for a machine. That is not training.",
        "Too many people in the evening, I always had to wait.",
        "I only have time after work, and then there is a queue everywhere.",
        "Waiting, waiting, waiting. I want to train.",
        "The queue for the squat rack was the last straw.",
    ),
    "S2": (
        "The changing rooms were dirty every evening.",
        "Filthy showers. I complained and nothing happened.",
        "It smelled, the floor was wet and dirty, and nobody seemed to mind.",
        "For this price I expect clean showers.",
    ),
    "P2": (
        "You put the price up again and I only read about it on my bank statement.",
        "The price went up for the second time in a year.",
        "After the increase it is simply too much for me.",
    ),
    "A3": (
        "I gave up on your booking page.",
        "Booking a class was more work than the class.",
        "The page logged me out every time, so I stopped coming.",
    ),
    "X1": (
        "A gym near my office costs half as much.",
        "I got a better offer, with a pool.",
        "My new gym gives me two months for free.",
    ),
    "U2": (
        "I moved to another town. I was happy with you.",
        "We moved away, thank you for everything.",
        "I moved for my job.",
    ),
    "N2": ("A baby. No time left.", "New job, new hours, no gym.", "My doctor wants me to rest for a year."),
    "A1": (
        "You close too early for me.",
        "It is too far from my new office.",
        "I would need you to open on Sunday mornings.",
    ),
    "P5": ("I did not come often enough to make it worth the money.", "I paid and never came. My fault, really."),
    "E2": ("I wrote twice about my contract and nobody answered.", "Nobody ever called me back."),
}
