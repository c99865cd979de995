"""The grammar of German feedback: its own word list, idioms and how it denies. Every entry is ours."""

# ruff: noqa: E501 -- a phrase stays on one line

import math
from functools import lru_cache

from survey.text.rules.phrasebook import PhraseBook
from survey.text.rules.plain import word_key, word_set
from survey.text.rules.sentiment import Grammar, Lean, denial_book
from survey.text.rules.values import Chances, chances

# Adjectives stand without their endings, verbs in the forms that feedback uses.
VALUED: dict[float, str] = {
 3.2: """
        hervorragend ausgezeichnet exzellent perfekt fantastisch phantastisch großartig grandios genial
        traumhaft sensationell überragend erstklassig spitzenklasse weltklasse unschlagbar begeistert begeistern
        begeisterung vorbildlich meisterhaft phänomenal herausragend wunderbar wundervoll bestens einwandfrei
        makellos tadellos 👍 😍 🥰 ❤ 💯 🤩 💖
        """,
 2.4: """
        toll super klasse geil cool hammer spitze prima top lecker köstlich herrlich beste bester bestes
        wunderschön schön schöne schönes zufrieden hochzufrieden glücklich freundlich freundlichkeit herzlich
        liebevoll hilfsbereit hilfsbereitschaft zuvorkommend kompetent kompetenz professionell zuverlässig
        zuverlässigkeit sympathisch empfehlenswert empfehle empfehlen weiterempfehlen lob loben danke dankeschön
        dankbar freue freut gefreut freude erfreut erfreulich bravo sauber sauberkeit gepflegt gemütlich
        engagiert engagement aufmerksam einfühlsam geduldig fair fairness günstig preiswert gelungen überzeugt
        überzeugend beeindruckt beeindruckend begrüße begrüßenswert vorbild 😀 😃 😄 😁 😊 🙂 😘 🤗 👏 🙏 🎉 😎 ⭐ ♥ ✅
        """,
 1.7: """
        gut gute guten guter gutes gutem nett angenehm höflich hilfreich schnell rasch zügig pünktlich
        pünktlichkeit unkompliziert unproblematisch problemlos reibungslos mühelos bequem komfortabel
        übersichtlich verständlich praktisch informativ qualität hochwertig großzügig flexibel entspannt
        entspannend positiv funktioniert klappt geklappt verbessert verbesserung fortschritt vorteil vorteile
        geholfen bemüht kulant preis-leistungs-verhältnis vertrauen vertrauensvoll willkommen wohlgefühlt
        gefällt gefallen gefiel mochte lieben lächeln sinnvoll nützlich lohnt gelohnt lohnenswert ordentlich
        solide familiär individuell sauber geräumig stilvoll fleißig motiviert
        """,
 0.8: "okay passt ausreichend brauchbar annehmbar akzeptabel erreichbar kulanz",
 -0.8: """
        leider schade naja wartezeit warteschlange schlange kalt laut komisch unklar störung störungen sperrung
        umleitung baustelle ersatzverkehr stau gesperrt eng müde bedenken problematisch langwierig
        verbesserungswürdig verbesserungsbedürftig ausbaufähig verbesserungspotenzial nachholbedarf fehlt fehlen
        fehlte fehlten vermisse vermissen vermisst unnötig kompliziert umständlich teils mittelmäßig
        durchwachsen bescheiden mager dürftig
        """,
 -1.7: """
        schlecht schlechte schlechter langsam teuer überteuert verteuert teurer wucher abzocke unfreundlich
        unhöflich unpünktlich verspätung verspätungen verspätet verspäten ausfall ausfälle ausgefallen ausfallen
        defekt defekte kaputt problem probleme fehler fehlerhaft mangel mängel mangelhaft ungenügend
        unzureichend unzufrieden unzufriedenheit enttäuscht enttäuschend enttäuschung unzuverlässig
        unorganisiert unübersichtlich unverständlich unprofessionell inkompetent überfordert genervt nervt
        nervig nerven nervend ärger ärgere ärgert ärgerlich verärgert beschwerde beschwerden beschweren
        beschwert beanstanden reklamation reklamieren gekündigt kündige kündigen kündigung gewechselt wechsle
        abgebrochen verpasst gestrichen gewartet vergeblich vergebens umsonst überfüllt überlastet vollgestopft
        gedränge stickig schmutzig dreckig verschmutzt schmuddelig verdreckt stinkt stinken gestank gestunken
        unsauber unhygienisch ungepflegt fade geschmacklos zäh versalzen verkocht lieblos gleichgültig
        desinteressiert unmotiviert abweisend herablassend arrogant patzig pampig ignoriert ignorieren
        abgewimmelt vertröstet hingehalten stress stressig chaos chaotisch unruhig lärm lärmbelästigung zugig
        frieren gefroren schwitzen hitze streik streiken streikt warnstreik veraltet langweilig unfähig
        schwierig schwierigkeiten schwach kritik kritisieren bemängeln nachteil negativ unsicher unflexibel
        unfair ungerecht unnütz sinnlos unbrauchbar überflüssig unmöglich unpassend unerreichbar absturz
        abgestürzt stürzt hängt ruckelt strafe bußgeld falsch doof blöd dumm bescheuert peinlich traurig
        verzweifelt hilflos verletzt verletzte unfall entgleist gefahr gefährlich 🙁 ☹ 😒 😞 😢 😭 😫 😩 🙄
        """,
 -2.6: """
        katastrophe katastrophal schrecklich furchtbar fürchterlich grauenhaft grauenvoll grausam entsetzlich
        miserabel mies miese unverschämt unverschämtheit frechheit frech dreist skandal skandalös unzumutbar
        zumutung unerträglich inakzeptabel unterirdisch ekelhaft eklig ekel widerlich abartig hasse hass horror
        albtraum alptraum desaster desaströs betrug betrogen betrüger abgezockt lüge lügen gelogen belogen
        verarscht verarsche verarschung scheiß scheiße scheisse kacke kack beschissen mist saftladen sauladen
        schrott müll idioten idiot arschloch arsch assi versager versagen versagt wut wütend sauer stinksauer
        kotzen kotzt verdammt verflucht schlimm schlimmste schlimmer schlechteste schlechtesten tödlich getötet
        lächerlich armutszeugnis untragbar fassungslos sauerei schweinerei unmenschlich entwürdigend 👎 😡 🤬 😠 💩
        """,
}  # fmt: skip

IDIOMS: dict[float, str] = {
    1.2: """
        streik*|bahnstreik|lokführerstreik|störung*|sperrung|problem*|probleme|chaos .. beendet|behoben|vorbei|aufgehoben|gelöst|ende;
        beendet .. streik; störung* beendet|behoben; wieder freigegeben|frei|normal|pünktlich;
        läuft|fährt|fahren|rollen wieder; problem*|fehler gelöst|behoben; gewinn*|spare*|spart .. mit;
        schneller .. als; mehr komfort|service; wird .. modernisiert|erneuert|saniert; freies wlan;
        kostenloses wlan|internet; freu* .. auf; freu* mich; gute idee|fahrt|reise; schöne* fahrt|reise;
        endlich .. wlan|da|fertig; pünktlich wie
    """,
    2.5: """
        nichts zu bemängeln|meckern|beanstanden|verbessern|kritisieren|ändern|klagen; nichts .. auszusetzen;
        gibt nichts .. auszusetzen|meckern|bemängeln;
        alles gut|super|bestens|prima|top|perfekt|ok|okay|okay|richtig|klasse|toll; immer wieder gern*;
        jederzeit wieder; gern* wieder; komm* .. wieder; kann .. empfehlen; sehr .. zu empfehlen; weiter so;
        macht|macht weiter so; nur empfehlen; nur loben; rundum zufrieden|gelungen; könnte .. nicht besser;
        kann .. nicht besser; besser geht .. nicht; geht nicht besser; volle punktzahl; 5|fünf sterne; 10 von 10;
        keine wünsche offen; nicht .. beschweren; kann nicht klagen; daumen hoch; ein lob; großes lob;
        vielen|herzlichen dank; hut ab; sehr gut
    """,
    1.6: """
        kein* problem*|beanstandung*|mängel|beschwerde*|probleme|fehler|kritik|wartezeit*|verspätung*|störung*|stress;
        ohne problem*|probleme|wartezeit*|beanstandung*|mängel|verspätung|stress|komplikationen; auf die minute;
        nicht schlecht|übel|verkehrt; endlich wieder; hat geklappt; fühl* .. wohl; geht|ging schnell|fix|flott;
        passt so|alles; weiterhin so; nichts falsch; nie enttäuscht|probleme|ärger;
        gut aufgehoben|beraten|betreut|erreichbar|organisiert; preis leistung stimmt; stimmt .. preis; macht spaß;
        spaß gemacht|macht; viel spaß
    """,
    -0.9: """
        könnte|könnten|sollte|sollten|müsste|müssten|wäre|wären besser|schneller|freundlicher|günstiger|mehr|billiger|sauberer|pünktlicher|schön|gut|hilfreich|wünschenswert;
        könnte|könnten|sollte|sollten|müsste|müssten .. besser|schneller|freundlicher|günstiger|mehr|billiger|sauberer|pünktlicher|sein;
        würde .. wünschen;
        mehr personal|mitarbeiter|auswahl|parkplätze|platz|züge|zeit|information*|sauberkeit|freundlichkeit;
        kürzere wartezeit*; bitte mehr|ändern|verbessern|endlich; lässt .. wünschen übrig; noch luft nach oben;
        luft nach oben; es fehlt; wenn .. nur; schon wieder; mal wieder; immer noch; immer wieder; bin gespannt|ob;
        nicht optimal|ideal|ganz
    """,
    -1.8: """
        zu teuer|langsam|spät|laut|klein|voll|kalt|heiß|warm|wenig|wenige|lang|lange|kompliziert|eng|hoch|viel|viele|alt|weit|kurz|salzig|süß|dunkel|umständlich|oft|unfreundlich;
        nicht|nie|niemals funktioniert|erreichbar|geholfen|geantwortet|gemeldet|gekommen|geliefert|angekommen|beantwortet|zufrieden|empfehlen|empfehlenswert|freundlich|gut|schön|akzeptabel|zumutbar|möglich|nachvollziehbar|eingehalten|informiert|sauber;
        funktioniert|funktionieren|klappt|geht|kommt|fährt|fahren|fuhr|kam|ging|reagiert|antwortet|hält|stimmt|passt|hilft|lohnt|gefällt .. nicht;
        kein* antwort|rückmeldung|reaktion|hilfe|information*|info*|personal|parkplatz|parkplätze|klimaanlage|strom|wlan|internet|empfang|auskunft|ansage*|platz|sitzplatz|sitzplätze|anschluss|entschuldigung|service|interesse|ahnung|lust|verständnis|zeit|toilette*|heizung;
        niemand|keiner .. geholfen|gemeldet|zuständig|da|weiß|wusste|ans|erreichbar|kümmert|interessiert|geantwortet|informiert;
        # stunde*|stunden|wochen|tage|monate .. warten|gewartet|verspätung|später|auf;
        # min* .. verspätung|warten|gewartet|später|zu; seit # tagen|wochen|stunden|monaten|minuten;
        stunden* gewartet|warten; ewig gewartet|warten|lang|lange|gedauert; lange .. warten|gewartet|wartezeit*;
        viel|viele|häufig*|oft|ständig|dauernd|immer zu; fällt .. aus; fiel .. aus; fallen .. aus;
        zug* .. ausgefallen; steht|stehen|stehe|sitze .. seit|fest|herum|rum; in der warteschleife; geld zurück;
        preis* .. erhöht|gestiegen|rauf|hoch; anschluss .. verpasst|weg; im stich gelassen; lässt .. übrig;
        mangelnde*; es reicht; schnauze voll; nicht .. mehr; nie da; wieder|schon|erneut|mal|heute zu spät;
        wieder|schon verspätung|verspätet|ausgefallen; von wegen; danke|danke für nichts; dank .. bahn; so ein mist
    """,
    -2.6: """
        nie wieder; niemals wieder; nicht wieder; nicht zu|mehr empfehlen; kann .. nicht empfehlen|weiterempfehlen;
        finger weg; geht gar|garnicht nicht; gar nicht geht; geht garnicht; unter aller sau|kanone;
        eine zumutung|frechheit|katastrophe|unverschämtheit|schande|sauerei; das letzte; am arsch;
        zum kotzen|heulen|verzweifeln; absolutes no-go; das allerletzte; so eine frechheit; nur ärger; ein witz;
        schlechter witz; thank you for nothing; null sterne; 0 sterne; reine abzocke; daumen runter; was soll das;
        ihr spinnt; wollt ihr mich
    """,
}

NEGATORS = word_set(
    "nicht kein keine keinen keiner keinem keines nie niemals niemand nichts ohne weder kaum nix net ned nich"
)
DENIALS = (
    "glaube|denke|finde|fand|kann|würde nicht .. dass|sagen|behaupten",
    "alles andere als",
    "weit entfernt von",
    "niemand|keiner",
    "nie",
)
EMPHASES = ("nicht nur|zuletzt", "nichts .. als|anderes", "kein wunder")
REACH_ENDS = word_set(", weil da denn dass wenn ob obwohl sondern aber und doch jedoch")
CONTRASTS = word_set("aber jedoch allerdings obwohl dennoch trotzdem leider außer sondern nur doch")
BOOSTERS = {
    **dict.fromkeys(
        ("sehr", "total", "absolut", "extrem", "äußerst", "besonders", "wirklich", "echt", "richtig", "unglaublich", "völlig",
         "komplett", "mega", "super", "so", "voll", "überaus", "wahnsinnig", "höchst", "ganz", "viel"), 0.293),
    **dict.fromkeys(("etwas", "ziemlich", "bisschen", "wenig", "eher", "teilweise", "manchmal", "halbwegs", "relativ"), -0.293),
}  # fmt: skip
UN, GOOD = -0.9, 1.5  # “un” before a good word makes it about as bad
ENDINGS = (
    "sten",
    "ster",
    "stes",
    "ste",
    "eren",
    "erer",
    "eres",
    "ere",
    "ern",
    "en",
    "er",
    "es",
    "em",
    "e",
    "n",
    "s",
    "st",
    "t",
)
SHORTEST_STEM = 3
SHORTEST_LAST_PART = 6


@lru_cache(maxsize=1)
def _valences() -> dict[str, float]:
    known = {word_key(word): valence for valence, listed in VALUED.items() for word in listed.split()}
    opposites = {f"un{word}": UN * valence for word, valence in known.items() if valence >= GOOD}
    return opposites | known


@lru_cache(maxsize=20_000)
def base(key: str) -> str:
    """The form of a word in the word list, without its ending; the word itself where none is there."""
    known = _valences()
    if key in known:
        return key
    stems = (key.removesuffix(ending) for ending in ENDINGS if key.endswith(ending))
    return (
        next((stem for stem in stems if len(stem) >= SHORTEST_STEM and stem in known), None) or _last_part(key) or key
    )


def _last_part(key: str) -> str | None:
    """The known word that a compound ends with: “zugverspätungen” is a delay."""
    known = _valences()
    for at in range(3, len(key) - SHORTEST_LAST_PART + 1):
        last = key[at:]
        found = next((stem for end in ("", "en", "e", "n", "s") if (stem := last.removesuffix(end)) in known), None)
        if found and len(found) >= SHORTEST_LAST_PART:
            return found
    return None


@lru_cache(maxsize=1)
def german() -> Grammar:
    """German, made once."""
    return Grammar(
        valences=_valences(),
        idioms=PhraseBook(
            (str(valence), phrase.strip()) for valence, listed in IDIOMS.items() for phrase in listed.split(";")
        ),
        denials=denial_book(DENIALS, EMPHASES),
        negators=NEGATORS,
        may_deny=NEGATORS | word_set("glaube denke finde fand kann würde alles weit"),
        contrasts=CONTRASTS,
        reach_ends=REACH_ENDS,
        boosters=BOOSTERS,
        base=base,
        denies_backwards=True,
    )


SIDE, SIDE_ALONE = 4.0, -0.2
NEUTRAL, NEUTRAL_ALONE = -6.0, 0.2


def judge_german(found: Lean) -> Chances:
    """How likely each label is. The weights are ours, set by hand: no German comment was learned from."""
    density = abs(sum(found.parts)) / max(len(found.parts), 1)  # a long story with two valued words takes no side
    side = SIDE * found.score + SIDE_ALONE
    neutral = NEUTRAL * density + NEUTRAL_ALONE
    takes_side = -math.log1p(math.exp(neutral))
    return chances(
        (
            takes_side - math.log1p(math.exp(side)),
            -math.log1p(math.exp(-neutral)),
            takes_side - math.log1p(math.exp(-side)),
        )
    )
