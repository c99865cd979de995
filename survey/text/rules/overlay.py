"""What feedback means by its words: our additions to the lexicon, the words we take out, and idioms."""

# ruff: noqa: E501 -- a phrase stays on one line

from survey.text.rules.plain import word_set


def _valued(words_by_valence: dict[float, str]) -> dict[str, float]:
    return {word: valence for valence, words in words_by_valence.items() for word in words.split()}


ADDED: dict[str, float] = _valued({
    -3.0: "appalling atrocious abysmal shambolic disgraceful diabolical nightmare disgusted hopeless ridiculous",
    -2.5: "shambles shocking dreadful incompetent incompetence extortionate shoddy unsafe 👎 😡 🤬 😠 👿",
    -2.0: """
        overpriced unhelpful unprofessional unreliable uncaring patronising patronizing condescending dismissive
        clunky buggy glitchy faulty unresponsive understaffed unusable rubbish substandard overcharged ripoff rip-off
        disorganised disorganized misled misleading mis-sold missold clueless filthy inedible unfriendly awfull
        terible horible horribe servile unacceptable unprofessionally unanswered poorly inadequate
        dissappointed dissapointed disapointed disapointing dissappointing 😞 😢 😭 😒 🙁 ☹ 😤 💩 😩 😫
        """,
    -1.5: """
        slow slowly expensive pricey costly crashed crashes crashing laggy outdated cramped noisy rushed abrupt
        abruptly complicated inconsistent overcrowded cancelled canceled waited chaotic chaos unclear inflexible
        flimsy freezes froze glitch glitches bug bugs broke breaks outage outages impersonal inaccurate
        incorrect incorrectly misdiagnosed nonexistent non-existent unsatisfactory unavailable overdue
        worsened deteriorated mediocre bland tasteless stale downhill inconvenient inconvenience refused
        unorganised unorganized lacking lacks lacked cumbersome fiddly flawed undertrained overworked
        messy unkempt grubby smelly unhygienic uninterested disinterested indifferent offhand off-hand
        unwelcoming unkind insensitive pushy hurried mistake mistakes unnecessary unnecessarily
        """,
    -1.0: """
        delays delay delayed late issue issues queue queues queuing queueing chase chased chasing wait
        waiting dated confused lengthy repetitive repeatedly unable cold tired dull basic limited lacklustre
        unsure difficulty difficulties longer worsening fault faults missing errors jargon
        """,
    -0.6: "improvement improvements long hours",
    1.0: "clear clearly explained listened informed informative explanation tidy sensible simple quiet available",
    1.5: """
        quick quickly quicker fast prompt promptly swift swiftly timely punctual knowledgeable responsive smooth
        smoothly straightforward approachable organised organized well-organised affordable speedy speedily
        understanding reassure reassured reassuring professional professionally intuitive hassle-free painless
        comfortable accommodating attentive thorough thoroughly fab quality spacious seamless seamlessly
        competent competently reliable reliably efficiently courteously politely
        """,
    2.0: """
        faultless flawless impeccable exemplary immaculate spotless top-notch topnotch first-class unbeatable
        seamless delicious brill fabulous ace phenomenal exceptional exceptionally outstanding professionalism
        dedicated welcoming helpfull freindly frendly excelent exellent excellant execllent brilliant
        👍 👏 🙏 😀 😃 😄 😁 😊 🙂 😍 🥰 ❤ 💕 💯 ⭐ 🌟 🎉 😎 🤩 💖 ♥ 😘 🤗 ✅
        """,
})  # fmt: skip

DROPPED = word_set(
    """
    no yes ok okay yeah please support supports supported supporting help helping helps helpdesk care cares
    carer carers claim claims charge charges security secure fraud crime criminal cancer emergency emergencies
    ill illness sick sickness pain pains disease injury injured infection fever death dead died die dies kill
    suffer kindly low lower interest interests interested number numbers united share shared shares credit debt
    loan legal fight fire fired war critical intensive hand hands matter matters hope wish wishes want wanted
    wants need needs sure certain certainly important chance feeling feelings free special natural true friend
    friends value values top active energy strong strongly party play gift rich novel cut cuts drop drops
    dropped demand demands argument alarm alarms alert heart attack accident accidents risk risks mental
    depression depressed anxiety challenge challenges defence defense alone isolated block blocked stop stopped
    stopping leave leaving left cancel cancellation cancelling pay paid paying join huge solution solutions
    solve solved resolve resolved insurance improve improves improving better recommend recommended opportunity
    opportunities save saved saving saves protect protected prevent award determine determined warm cool dear
    grand increase increased increases greet agree agreed agreement accept accepted approved intelligence vision
    god like likes benefits benefit bonus asset assets growth reach reached forced weapon police prison drunk
    abuse abused violence violent serious seriously urgent urgently admit admitted admits discharge trauma
    stroke bleeding pressure cry crying crisis sentence gain drag tender pretty sin grave bitter nerves secured
    engaged engage treasure harm harmful wins winning fresh
    """
)

# Meaning of a whole phrase, whatever its words mean alone; nothing inside it is scored again.
IDIOMS: dict[float, str] = {
    2.5: """
        second to none; above and beyond; over and above; to die for; worth every penny; nothing .. too much
        trouble; can't|couldn't fault; can't|couldn't .. be|been|get .. better|happier|nicer|kinder|easier; can't|couldn't ask|asked|wish .. for ..
        more|better|nicer; can't|cannot|couldn't thank .. enough; can't|cannot|couldn't
        praise|recommend|speak|rate|commend .. enough|highly; would|will|definitely|highly|thoroughly|can recommend;
        five|5 stars|star; 10/10|5/5; 10|ten|5|five out of ten|10|5|five; gold standard; couldn't|can't .. done .. better|more; life saver; lifesaver; killer
        feature*; game changer; keep up .. work; exceeded .. expectation*; spot on; top notch; top marks; first
        class; top class; world class; insane battery|value; bang on; hats off; a|such|true|real credit to; an asset
        to; god send; godsend; worth .. wait
    """,
    1.8: """
        no
        complaint*|problem*|issue*|bug|bugs|downtime|fault*|hassle|fuss|worries|criticism*|concern*|regrets|quibble*|queue*|waiting|wait|delay*|glitch*|trouble|outage*;
        zero complaint*|problem*|issue*|bug|bugs|downtime|fault*; without ..
        problem*|issue*|hitch|fault|fuss|delay*|hassle|complaint*; nothing ..
        complain|fault|improve|improved|change|dislike|wrong|criticise|bad|negative; nothing to|needs|need|could ..
        improve*|better|change*|add; nothing better|obvious|wrong|but; nothing .. could|can .. done|have|be|been .. better|more|differently; could|can .. nothing better; no change*|changes; never|not|didn't|don't|haven't
        have|had|having .. problem*|issue*|complaint*|fault*|trouble; never had ..
        problem*|issue*|complaint*|fault*|trouble; don't|not think .. improv*|better; no|don't|not need* ..
        improv*|change; no improvement*; not|hard .. improve on|upon; no room .. improvement;
        would|will|shall|i'll|definitely buy|order|shop|visit|stay|return|come|use .. again|back; made to feel|me
        feel|us feel .. comfortable|welcome|ease|special|safe|valued; at ease; in good|safe hands; on time; in good
        time; good|great|excellent|amazing value; value for money; easy to; user friendly;
        i|we|really|also|especially|particularly like|liked; very well; well done; all good|fine|ok|okay|great|well;
        as good as; happy with; pleased with; got better; much|lot|so better; works .. well|perfectly|great|fine;
        treated .. well|kindly|respect|dignity; took .. time .. to|with; put .. at ease|mind; dealt with ..
        quickly|well|promptly|efficiently; seen quickly|promptly|straight; straight away; sorted .. out|quickly; not
        bad; cheap price*; low price*|cost; great|good price*; really|very|so help|caring; not .. issue; no
        longer|need .. wait; listened to; ahead of time; stay* as .. are|is; carry on .. as; keep .. doing; no
        better; leave .. as .. is
    """,
    0.9: """
        thank you; thanks; help* me|us; was ok|okay|fine|alright; as expected|normal|usual|always; did .. job; does
        .. job|said; do .. good|great|best; did .. best; well looked; looked after; satisfied with; felt
        listened|safe
    """,
    -0.8: """
        could|should|would have been|be
        better|nice|good|nicer|helpful|quicker|faster|improved|easier|shorter|clearer|more; would|might be ..
        good|great|nice|better|helpful|useful if|to; it would help; would like|prefer; would have
        liked|preferred|helped|appreciated; need*|must to|more|be|better ..
        improv*|better|quicker|faster|more|less|staff; more
        staff|doctors|nurses|people|parking|communication|information|training|appointments|choice|time|space|seats|seating|chairs|options|privacy|buses|trains|tills|funding|notice|drivers;
        better|clearer|improved|quicker|faster|shorter|improve
        communication|information|training|parking|wait*|service|food|signage|website|app|time*|response*|organisation;
        reduce|shorten|cut|less|shorter wait*|queue*|time*; please advise|fix|sort|improve|stop|reduce; room for improvement; be more|better|quicker|faster|clearer|kinder; more helpful|understanding|information|efficient|sympathetic|caring|professional|polite|friendly|attentive|flexible|reliable|regular|often|frequent|frequently|clearly|compassion|empathy|accurate|honest|comfortable; explain|listen .. better|more; consider; cut out; instead of; give .. more; speak clearer|slower|clearly; long|longer time|way; wait* time*; only criticism|complaint|problem|issue|downside|thing|negative; i|we wish; if only; should be|have|not; needs|need|require* to; be more; not as good; used to
        be; why|how .. do|did|does|is .. have|take|so
    """,
    -1.6: """
        too
        many|few|long|slow|small|big|hot|cold|loud|late|far|short|hard|busy|crowded|expensive|dear|complicated|difficult|high|noisy|quick|heavy|confusing|rushed|old|weak|salty|sweet|bright|dark|easily|often|tight|much;
        not enough; lack of; lack; no
        reply|answer|response|communication|information|staff|explanation|apology|seats|seating|parking|privacy|follow|feedback|refund|toilet*|hot|heating|wifi|signal|appointment*|choice|support|help|advice|contact|update*|sign|idea|respect|empathy|interest;
        nobody|noone
        answer*|repl*|call*|rang|listen*|came|cares|cared|knew|knows|told|explained|bothered|picks|picked|seem*|helped|contacted|responded;
        no one
        answer*|repl*|call*|rang|listen*|came|cares|cared|knew|knows|told|explained|bothered|picks|picked|seem*|helped|contacted|responded|able|has|could;
        no one .. able; never|not|didn't|doesn't|don't|won't|wouldn't|hasn't|haven't|couldn't
        call*|rang|ring|phone*|repl*|respond*|answer*|arrive*|came|come|turn*|show*|listen*|hear*|receive*|get|got|return*|explain*|told|tell|inform*|know|work*|understand*|care|contact*|sort*|fix*|resolve*|offer*|introduce*;
        not|wasn't|weren't|isn't|aren't
        told|informed|given|offered|listened|explained|kept|able|available|working|answered|fixed|resolved|sorted|taken|seen|asked|allowed|clear;
        had|have|having|has to
        wait|chase|ring|call|phone|fight|ask|beg|queue|repeat|sit|stand|pay|return|complain|explain; wait* .. #
        min*|hour*|hr|hrs|day*|week*|month*|year*; wait* .. hours|days|weeks|months|ages|forever|long;
        took|takes|taking .. #|many|several|over min*|hour*|hr|hrs|day*|week*|month*|year*; took|takes|taking ..
        so|too|very|ages|forever|hours|weeks|days|months|long; # hour*|hr|hrs|week*|month*|year* ..
        wait*|late|delay*|hold|for|to; on hold; kept|left waiting|hold; long wait*|queue*|delay*|time; still waiting|not|no|hasn't|haven't; don't|didn't|not|never like|liked|enjoy|enjoyed;  price*|rent|cost*|fee*|bill|premium .. went|gone|going|goes|increas*|rise|rose; put* .. price* .. up;
        wait too; feels|felt|looks cheap; money back; switch* to; leav* for; going|gone elsewhere; last
        time i|we|i'll; down again|all|every|for; let .. down; fell apart; gone|went downhill;
        doesn't|didn't work*; stopped working; every time .. use|open|try; passed around|from|about;
        cancelled .. my|our|without|last|twice; want* .. refund|leave|cancel; i'm|we're|am leaving; goodbye; going
        to leave|cancel; had to leave; too late; fed up; sick of; tired of; short staffed; hard|difficult|impossible
        to; unable to; not .. worth; poor|bad value; wrong way; keep*
        crashing|breaking|dropping|failing|freezing|going; forgot* about; talk* down|over; rolled .. eyes; hung up
    """,
    -2.5: """
        thanks for nothing; waste .. time|money; never|won't|wouldn't|not ..
        buy|order|use|shop|visit|stay|return|come|book|go .. again|back; never again; never|won't|not .. be ..
        back|returning; avoid; leaves|left .. lot to be desired; good luck getting|with|trying|finding|reaching;
        what a joke; a|total|complete|utter joke; rip off; beyond a joke; is it too much to; so much for; yeah
        right; just what i needed|wanted; another|yet outage|delay|crash|fault|price|breakdown|error; how hard can;
        not fit for purpose; couldn't care less; the worst; worse than; worst .. ever;
        complete|total|utter shambles|waste|mess|disgrace|farce; disgusted; not impressed; only # ..
        hold|late|wait*; only good|nice|positive thing; slap in the face; last straw; don't bother;
        never recommend;
        wouldn't|won't|can't|couldn't|don't|cannot recommend; would leave; would rather not; not
        happy|pleased|satisfied|acceptable|good
    """,
}
