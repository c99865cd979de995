"""What feedback means by its words: our additions to the lexicon, the words we take out, and idioms."""

# ruff: noqa: E501 -- a phrase stays on one line

from survey.text.rules.plain import word_set


def _valued(words_by_valence: dict[float, str]) -> dict[str, float]:
    return {word: valence for valence, words in words_by_valence.items() for word in words.split()}


ADDED: dict[str, float] = _valued({
    -2.4: "bedbugs garbage junk crap crappy dud lousy filthiest rudest worthless trashy nauseating stinking godawful",
    -1.4: """
        monotone monotonous underwhelming underwhelmed unimpressive unimpressed forgettable dingy shabby rundown run-down creaky defective
        uninspiring uninspired unengaging disengaged tedious repetitive rambling incoherent incomprehensible unstructured overcomplicated
        tasteless flavourless flavorless greasy rubbery overcooked undercooked oversalted pricy cheaply unsanitary unsafe unstable
        malfunctioned malfunctioning malfunctions misleadingly overheats overheated wobbles squeaks squeaky scratches tears ripped torn
        understaffing oversubscribed overbooked double-booked misplaced mislaid unjustified ungrateful unapologetic
        """,
    1.4: """
        engaging inspiring inspirational passionate enthusiastic comfy cosy cozy stunning breathtaking picturesque tasty yummy flavourful
        flavorful scrumptious mouthwatering juicy sturdy durable well-made well-built versatile crisp speedier homely homey relaxing
        refreshing insightful illuminating eye-opening enlightening well-structured well-run well-maintained user-friendly
        hassle-free stress-free trouble-free pain-free family-friendly dog-friendly child-friendly eco-friendly helpfulness kindness
        friendliness cleanliness promptness thoughtfulness unobtrusive unforgettable memorable unmatched unrivalled unparalleled
        """,
    -2.2: """
        0/10 1/10 2/10 3/10 0/5 1/5 1/10 2/5 🤮 🤢 💔 🤦 😖 😣 🥵 🙄 😕 😔 unbearable uncooked undercooked stinks stank mouldy moldy
        cockroach cockroaches rats scam scammed scammers swindle conned fobbed shafted gouging pathetic joke farce
        """,
    -1.2: """
        4/10 stuck freezing lagging buffering unplayable undelivered unopened unsorted unresolved unpaid uncomfy wobbly leaking leaks
        leaky broken-down unreachable unanswered voicemail voicemails spam nagging nickel-and-dimed upsell upselling upsold
        incomplete unusably lukewarm soggy overcooked undercooked burnt watery undersized oversized mispriced misspelled understock
        threadbare worn-out stained scratched dented cracked dusty muddy damp draughty airless deafening pitiful
        """,
    -1.7: "grumble grumbles niggle niggles gripe gripes moan moans",
    -1.3: "freezing boiling stuffy sweltering meh overrated noise noisily draughts drafts hiccup hiccups blip blips snag snags hitch hitches drawback drawbacks downside",
    -0.7: "quicker faster sooner earlier easier clearer cheaper",
    -0.5: "5/10 3/5 6/10",
    2.1: "luv luvly lovley",
    0.9: "7/10 thankyou",
    2.3: "8/10 9/10 10/10 4/5 5/5 🙌 👌 💪 🥳 🤝 ✨ 🫶 🏆 💚 💙 💛 🧡 💜 🌈 😻 😇 ☺ 😌 🤍 🤎 🖤 awsome amazin amazeballs superb superbly",
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
    1.6: """
        rocks 🔥 polite courteous gentle cheerful smiley smiling calm calming compassionate empathetic empathic sympathetic accommodated
        appropriate respectful respectfully reassuringly dignified hygienic considerately patiently gently cheerfully expertly
        """,
    1.0: "clear clearly explained listened informed informative explanation tidy sensible simple quiet available",
    1.5: """
        quick quickly fast prompt promptly swift swiftly timely punctual knowledgeable responsive smooth
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
    # nothing is said by these
    0.0: """
        to|with|for|of|about my|our|your|the|his|her problem*|issue*|concern*|complaint*;
        heart|mobility|health|medical|breathing|anxiety|back|eye|skin|dental|kidney|hearing|sleep|knee|hip problem*|issue*|condition*|trouble;
        any chance .. of|you; not only|just; cheap .. date|flights|hotel; gift card*|voucher*|shop*|bag*|wrap*|aid;
        birthday card*|party; war memorial|museum|veteran*|grave*|time; pain management|clinic|relief|killer*|scale;
        intensive care; critical path|illness|mass; fire and theft;
        fire exit*|alarm*|door*|station|brigade|safety|drill; death certificate*|benefit|grant;
        cancer care|ward|research|patient*|charity|screening; lost property|luggage desk;
        customer care|support|help; care home*|plan*|team|package|worker*|number|line;
        help desk|line|page|centre|center; sick leave|note|pay|child|day;
        horror film*|movie*|story|stories|section|genre; crime novel*|fiction|drama|series|scene;
        risk assessment*|register; security number|desk|guard*|code|question*|check*|deposit;
        complaint* department|procedure|form|team|policy|process|desk|officer; problem solving;
        emergency exit*|contact*|number*|department|room|services|light*|appointment*; trust fund|pilot*; nhs trust;
        smart phone|card|meter|watch; dead end|line|lift; battle|battery field; hate crime; gas attack;
        heart attack|failure|disease|surgery; bad debt|homburg; cold water|drinks|store|war|calling;
        hot water|drinks|line; quality control|assurance|manager; excess baggage|luggage;
        fine print|art|dining|line; love song*; best man|before; happy hour; good friday|morning|afternoon|evening;
        interest rate*; free time|text; play list|ground|store|station;
        like to|a order|book|know|ask|buy|see|return|change|speak|cancel;
        would like .. to thank|order|book|know|ask|buy; i'd like to order|book|know|ask|buy;
        need|needs|needed|want .. help; weak tea; rich tea; tired light; lazy susan;
        problem .. is|was solved|fixed|sorted|resolved
    """,
    2.5: """
        felt|feel|feels|feeling at home; went|go|goes|gone out of .. way; breath of fresh air;
        must have|buy|see|visit|try|read|stay;
        well structured|organised|organized|prepared|paced|taught|explained|written|thought|made|built|designed|run|kept|maintained|equipped|located|cooked|presented|stocked|laid|trained|managed|informed|received|rounded|balanced;
        learned|learnt a|lots|so|much|tons|loads; left .. wanting more; never looked back; money well spent;
        bargain; can't|cannot improve .. perfection|on|upon; no one|nobody could|can .. better;
        no one|nobody .. better; quicker|faster|easier|sooner|cheaper|earlier|clearer than;
        was|were|is|are|much|lot|so|far|even|got|getting|made quicker|faster|easier|cheaper|sooner|clearer|smoother;
        can't|cannot|don't|couldn't think .. could|can .. been|be|done .. better|improve*|bettered|differently|changed;
        can't|cannot|don't|couldn't think .. anything .. better|improve*|change*|differently|wrong|add|bad|negative|dislike*|complain*;
        i'd|we'd|i|we|can|highly|would .. recommend .. to|it|them|this|you|anyone|everyone|totally|thoroughly;
        a|absolute|real steal; hard|impossible|difficult|tough to beat|fault|top|match|better;
        not a|one bad|cross|negative|single .. word|complaint|moment|thing; every box;
        ticks|ticked all|every .. box*; best .. ever; good|great to deal with;
        couldn't|can't|could|cannot be|been .. simpl*|easier|smoother|quicker|faster|clearer|kinder|prouder|improved|friendlier|more;
        exactly .. what .. says|wanted|needed|hoped|ordered|expected; just what .. doctor ordered;
        insanely|ridiculously|crazily|stupidly|unbelievably|incredibly|awfully|terribly|dead|bloody|damn|damned|wicked|scarily|dangerously|freaking|mad|seriously good|great|nice|cheap|easy|fast|quick|helpful|friendly|tasty|clean|comfortable|simple|useful|kind|delicious|impressive|handy|well|smooth|pretty;
        wicked|killer|sick|insane|unreal|mad|crazy service|deal*|app|view*|beat*|value|camera|sound|food|price*|offer*|design|playlist*|speed|quality;
        extra mile; won't|wouldn't go|use|shop|stay|buy .. anywhere|anyone else; wouldn't .. change .. thing;
        wouldn't change .. thing|anything; don't change .. thing|anything;
        nothing but praise|good|positive|admiration|respect|great;
        can't|couldn't|could|cannot not|have|has|be .. asked|wished|hoped .. for .. better|more|nicer|kinder;
        couldn't|could|can't not .. ask*|wish* .. for|more; better than expected|ever|anywhere|any; first ring|rate;
        sooner than|before .. expected|promised|due; ahead of schedule|time;
        can't|cannot|couldn't wait .. to .. back|return|again|next; unbeatable; 8|9|10|eight|nine|ten out of 10|ten;
        4|5|four|five out of 5|five; 4|four|5|five star*; no notes; chef's kiss; made .. day; my go to; keep it up;
        never|not disappoint*; did|does|do not .. disappoint;
        didn't|doesn't|hasn't|haven't|never .. disappoint*|fail*; never|not|hasn't|haven't let .. down;
        saved .. life|day|time|money|hours|bacon; love* it|them|this|these|everything|you|coming|working;
        a joy|pleasure|delight|treat to; head and shoulders; blown away; knocked .. socks; second to none;
        above and beyond; over and above; to die for; worth every penny; nothing .. too much trouble;
        can't|couldn't fault; can't|couldn't .. be|been|get .. better|happier|nicer|kinder|easier;
        can't|couldn't ask|asked|wish .. for .. more|better|nicer; can't|cannot|couldn't thank .. enough;
        can't|cannot|couldn't praise|recommend|speak|rate|commend .. enough|highly;
        would|will|definitely|highly|thoroughly|can|strongly|happily recommend|recomend|reccomend|recommended|recommending;
        five|5 stars|star; 10/10|5/5; 10|ten|5|five out of ten|10|5|five; gold standard;
        couldn't|can't .. done .. better|more; life saver; lifesaver; killer feature*; game changer;
        keep up .. work; exceeded .. expectation*; spot on; top notch; top marks; first class; top class;
        world class; insane battery|value; bang on; hats off; a|such|true|real credit to; an asset to; god send;
        godsend; worth .. wait
    """,
    1.8: """
        can't|cannot|couldn't|don't think of anything|any|nothing|a;
        help|support|care|information|advice|treatment|answers|everything i|we needed|need|required|wanted|asked;
        put me|us|patients|customers first; taken|took|takes|take .. care of|off;
        are|were|was|very|so|and|really|extremely|is patient;
        only waited|waiting|had|took|takes .. # min*|seconds|day|week; as .. advertised|promised;
        above .. expectations; yet to find|have|see|meet|hear .. fault|problem|better|complaint|issue;
        not a|one complaint|problem*|issue|fault|bug|hitch|quibble|grumble;
        wait|queue|delay|drive|walk .. wasn't|weren't|isn't|not long|bad|far|too; can't|cannot|couldn't go wrong;
        well worth|worth a|the|it;
        never|didn't|without .. had|have|having|need*|needing to wait|queue|chase|worry|complain|repeat|ask|argue;
        saving grace; rock* solid; good as new; back to normal;
        i'll|we'll|will|shall|definitely be|come|coming|return|going .. back|again|soon|return*;
        coming|going|come back .. again|next|soon|for|every|year; can't wait .. for .. next;
        told|tell|telling .. friends|everyone|family|colleagues|neighbours|everybody;
        will|would|shall|definitely|happily|gladly|certainly .. order|use|book|buy|shop|stay|visit|come|return|hire|choose|go .. again|back;
        next day; first time|attempt|try|go|call round|and|with|every;
        answered|replied|fixed|sorted|resolved|delivered|arrived|seen|dealt|done|installed|responded|repaired|solved|helped .. first|within|immediately|instantly|quickly|promptly|straight|same|minutes|early|perfectly|overnight;
        within|in minutes|seconds|hours|moments|days|minute; within # min*|hour*|day*|hrs|second*;
        within an|the hour|day|week; in no time; same day;
        always there|answer|answers|available|helpful|happy|ready|willing|on|reply|smiling|deliver|delivers|listen;
        kept|keeps|keep .. informed|updated|posted|loop|date; answered|answers .. all|every|questions|question;
        explained|explains|explain everything|clearly|well|properly|patiently|each|all;
        easy|simple|quick|straightforward to|and|enough;
        low*|cheap*|reasonable|fair|affordable|competitive|decent .. fee*|price*|cost*|rate*|fare*|prices;
        cheap and|but cheerful|good; without .. any|a hassle|hitch|delay*|quibble|single;
        zero complaint*|problem*|issue*|error*|bug*|hassle|waste|stress|faults|delay*|queue*|fuss;
        didn't|never|don't|not|without have|having|had|need|needed to wait|chase|queue|ask|worry|complain|call|repeat|pay;
        problem|issue|fault|complaint|query|mistake .. sorted|fixed|resolved|solved|dealt|handled|corrected;
        took .. the time|time|trouble|care .. to|with|explain*; nothing was too; part of .. family; peace of mind;
        like .. family|home|friend; smooth from; start to finish; as described|advertised|promised|pictured|agreed;
        does what; works .. every time|treat|dream|charm; never .. go|goes|went wrong|down|crash*|fail*;
        hasn't|haven't|never .. failed|broken|crashed|missed|disappointed; back in|for more;
        five|ten|# years .. never|without; getting|gets|got|keeps getting better;
        refund* .. quickly|promptly|immediately|full|straight; refunded; replaced .. free|without|quickly;
        good on you; worth it|a|the|paying|waiting|visiting; restored .. faith;
        no complaint*|problem*|issue*|bug|bugs|downtime|fault*|hassle|fuss|worries|criticism*|concern*|regrets|quibble*|queue*|waiting|wait|delay*|glitch*|trouble|outage*;
        zero complaint*|problem*|issue*|bug|bugs|downtime|fault*;
        without .. problem*|issue*|hitch|fault|fuss|delay*|hassle|complaint*;
        nothing .. complain|fault|improve|improved|change|dislike|wrong|criticise|bad|negative;
        nothing to|needs|need|could .. improve*|better|change*|add; nothing better|obvious|wrong|but;
        nothing .. could|can .. done|have|be|been .. better|more|differently; could|can .. nothing better;
        no change*|changes;
        never|not|didn't|don't|haven't have|had|having .. problem*|issue*|complaint*|fault*|trouble;
        never had .. problem*|issue*|complaint*|fault*|trouble; don't|not think .. improv*|better;
        no|don't|not need* .. improv*|change; no improvement*; not|hard .. improve on|upon; no room .. improvement;
        would|will|shall|i'll|definitely buy|order|shop|visit|stay|return|come|use .. again|back;
        made to feel|me feel|us feel .. comfortable|welcome|ease|special|safe|valued; at ease; in good|safe hands;
        on time; in good time; good|great|excellent|amazing value; value for money; easy to; user friendly;
        i|we|really|also|especially|particularly like|liked; very well; well done; all good|fine|ok|okay|great|well;
        as good as; happy with; pleased with; got better; much|lot|so better; works .. well|perfectly|great|fine;
        treated .. well|kindly|respect|dignity; took .. time .. to|with; put .. at ease|mind;
        dealt with .. quickly|well|promptly|efficiently; seen quickly|promptly|straight; straight away;
        sorted .. out|quickly; not bad; cheap price*; low price*|cost; great|good price*;
        really|very|so help|caring; not .. issue; no longer|need .. wait; listened to; ahead of time;
        stay* as .. are|is; carry on .. as; keep .. doing; no better; leave .. as .. is
    """,
    0.9: """
        thank you; thanks; help* me|us; was ok|okay|fine|alright; as expected|normal|usual|always; did .. job;
        does .. job|said; do .. good|great|best; did .. best; well looked; looked after; satisfied with;
        felt listened|safe
    """,
    -0.8: """
        why charge|pay|such|must|make;
        should of|have; could of; you|they|he|she|it|staff|someone|somebody could have|of;
        have|having|employ|hire|recruit|provide|add|employing|hiring more|larger|bigger|extra|additional|better|fewer|less;
        took|takes .. while to|for; time it|they|you took|takes; response|waiting|call|answering times;
        fewer|less questions|options|waiting|paperwork|time|queues|noise|ads|emails|forms;
        mak* it|them easier|quicker|clearer|faster|cheaper; nothing special|remarkable|exciting|fancy|extraordinary;
        nothing to write; could take|leave .. or; so so; bit of .. let|disappointment|pain|wait|mess; meh;
        overrated; not .. fan;
        would be .. lovely|wonderful|fantastic|handy|amazing|perfect|brilliant|appreciated|cool|useful|helpful|ideal|good|great|nice if|to|with;
        do something about; something .. done .. about; bring back;
        would|i'd|we'd|i'll|could love|appreciate|prefer|like .. if;
        would|might|could .. help|nice|great|good|better|useful .. if|to have;
        need* cleaning|fixing|repair*|updat*|replac*|improv*|paint*|decorat*|modern*|refurb*|sorting|attention|work|cleaned|fixed|more|better|longer|clearer;
        could do .. with|better;
        please sort|fix|improve|consider|add|stop|bring|provide|make|reply|answer|respond|call|send|refund|clean|repair|turn|keep|train|hire|open|reduce|update|cancel|close;
        when will|are|is .. fix*|repair*|sort*|resolv*|improv*|deliver*|send|arriv*|answer*|reply|replac*|refund*|fixed;
        why no|not|can't|don't|isn't|is|are|does|do|did|would|should;
        where is|are|was .. my|order|parcel|refund|money|driver|delivery|staff;
        not sure|convinced .. about|it|that|worth|why|how; more .. please; longer opening;
        shorter|longer|bigger|smaller|cheaper|quieter|warmer|faster|cleaner|softer .. please|would|hours|breaks|portions|queues|waits;
        used .. to .. good|better|great|be|love|work|quick;
        could|should|would have been|be better|nice|good|nicer|helpful|quicker|faster|improved|easier|shorter|clearer|more;
        would|might be .. good|great|nice|better|helpful|useful if|to; it would help; would like|prefer;
        would have liked|preferred|helped|appreciated;
        need*|must to|more|be|better .. improv*|better|quicker|faster|more|less|staff;
        more staff|doctors|nurses|people|parking|communication|information|training|appointments|choice|time|space|seats|seating|chairs|options|privacy|buses|trains|tills|funding|notice|drivers;
        better|clearer|improved|quicker|faster|shorter|improve communication|information|training|parking|wait*|service|food|signage|website|app|time*|response*|organisation;
        reduce|shorten|cut|less|shorter wait*|queue*|time*; please advise|fix|sort|improve|stop|reduce;
        room for improvement; be more|better|quicker|faster|clearer|kinder;
        more helpful|understanding|information|efficient|sympathetic|caring|professional|polite|friendly|attentive|flexible|reliable|regular|often|frequent|frequently|clearly|compassion|empathy|accurate|honest|comfortable;
        explain|listen .. better|more; consider; cut out; instead of; give .. more; speak clearer|slower|clearly;
        long|longer time|way; wait* time*; only criticism|complaint|problem|issue|downside|thing|negative;
        i|we wish; if only; should be|have|not; needs|need|require* to; be more; not as good; used to be;
        why|how .. do|did|does|is .. have|take|so
    """,
    -1.6: """
        zero communication|information|interest|help|support|care|response|respect|value|taste|effort|apology|notice|contact;
        hardly|not|isn't|wasn't an|a|much|any improvement|progress; hardly|no real improvement|progress; not what .. told|promised|agreed;
        sent|send|sending|returned|returning|took it|them|mine|this back; fell|falls|fall short|asleep; thin walls;
        hard|difficult|impossible to follow|hear|understand|find|reach|use|read|see; bored to|me;
        went|gone|goes off|bad|wrong; not as .. described|advertised|pictured|good|expected|promised;
        didn't|don't|doesn't .. fit|suit|match|last|hold; looking for .. alternative|another|replacement;
        left|leave|leaving|leaves me|us|her|him|them|people|customers|everyone standing|waiting|sitting|outside|stranded|alone|hanging|out|without|stuck|in;
        took|takes|needed .. #|several|multiple|many visit*|call*|attempt*|tries|emails|people|trips|letters|goes;
        tim* out; smell*|smelt|stank|reek* .. of|like;
        you|they|you've|they've|have changed .. recipe|formula|layout|rules|terms|menu; on their|mobile phone*;
        last* # minutes|hours|days|weeks|months; old|previous|former provider*|supplier*|bank|company|one .. back;
        back|returning to .. old|previous|former provider*|supplier*|bank|company;
        don't|doesn't|didn't|not|never|dont .. seem*|appear* .. care|bother*|listen*|know|want|understand|interested|bothered;
        can't|couldn't|cannot|can find|think|say .. single|one|any .. good|nice|kind|positive;
        fail* to .. see|answer|deliver|understand|mention|turn|show|reply|respond|listen|explain|fix;
        running late|behind; run late|behind; made .. us|me|them wait|queue|pay|feel|stand;
        go|going|went|gone|signing|signed with|to .. another|different|other .. provider*|supplier*|company|bank|firm|brand|one|shop|gym|place;
        give|gimme me .. refund; decided|decide|deciding|going|about|forced|wanting to leave|quit|cancel|switch;
        log*|kick*|throw*|threw|sign* me|us|you out; bill* .. went|gone|going|goes up;
        took|takes|taken|taking .. week|month|year|fortnight|weeks|months|days|hours|ages|forever|age|eternity|years .. to;
        cheap looking|feeling|plastic|materials|quality|made|rubbish|tat;
        drain*|eat*|hog*|kill* .. battery|data|memory|storage; fell on deaf; fall on deaf; in vain; to no avail;
        no luck; beggars belief; not good enough; not what .. pay|paid; a let down; let down;
        cancel* .. account|contract|subscription|membership|policy|booking|plan|direct|order|tomorrow|today;
        clos* .. account*; delet* .. account|app; mov* to .. competitor*|rival*|provider|else*;
        switch* .. provider*|supplier*|bank|competitor*|another;
        switched|switching|moving|moved|gone|going|going|went|go|shop|look|looking|shopping|buying|bought elsewhere;
        tak* .. business|custom|money .. elsewhere|away|else|somewhere;
        not|won't|wouldn't|isn't|never|aren't|don't|no .. renew*|re-order*|reorder*|rebook*;
        last order|purchase|visit|stay|booking|purchase|contract; unsubscrib*;
        thinking|considering|thought|planning|tempted|ready|about|time .. of|about|to leav*|switch*|cancel*|chang*|mov*|quit*;
        want|need|like|demand|expect|requested|asked|owed|waiting|request .. refund|compensation|apology|money;
        money|refund .. back|please; refund me|my|us; lost .. customer|custom|business|me;
        you've|have lost .. customer|me|business;
        won't|not|never|no .. ordering|booking|buying|coming|using|shopping|returning|visiting|staying|spending|recommending;
        called|rang|phoned|emailed|wrote|asked|told|explained|contacted|complained|chased|messaged|tried|texted|visited .. # times|twice|thrice|several|many|three|repeatedly;
        twice|three|four|five|# times .. and|to|before|now|already|this;
        got|went|goes|straight|reached .. voicemail|answerphone|machine|nowhere|cut|bot|robot;
        rais*|increas*|hik*|doubl*|put|putting|jack*|bump* .. price*|fee*|rent|premium*|rate*|fare*|bill*|subscription;
        won't|doesn't|can't|wouldn't|didn't|don't|couldn't|never|cannot|not load*|open|connect*|start*|charge|turn|print*|sync*|update*|install*|log|play|respond*|save|stay|fit|flush|close|help|reply|let|accept*|recogni*|pick|deliver|arrive|refund|match*|last*|hear*|understand|find|use|access|reach|speak|get;
        no option*|choice*|selection|variety|vegan|vegetarian|gluten|disabled|wheelchair|lift|phone|tissue*|soap|towel*|hot|cold|instruction*|manual|warning|notice|record|chance|stock|spare|tracking|timetable|shelter|bench*|bin*|shade|fan|air|aircon|window*|water|power|reception|charger*|discount*|loyalty|reward*|interest|compassion|manners|clue|common;
        1|one|0|zero|two|2 star*; 0|1|2|3|4|zero|one|two|three|four out of 10|ten; 0|1|2|zero|one|two out of 5|five;
        # hour*|min*|minute|week*|day*|month* .. queue*|late|wait*|delay*|hold|nothing|answer|reply|response|refund|behind|overdue|just;
        too much|little|quiet|soon|strong|thin|thick|big|rigid|formal|young|strict|basic|greasy|spicy|bland|dry;
        not .. arrived|come|delivered|turned|shown|received|happened|changed|improved|worked;
        hasn't|haven't|hadn't .. arrived|come|worked|heard|received|been|changed|improved|got|had;
        still not|no|waiting|broken|hasn't|haven't|don't|nothing|isn't|unresolved|missing;
        ignored .. me|us|my|our|completely; had|have to .. repeat|explain .. times|again|myself|twice;
        had to explain|repeat|chase|beg|remind|argue; lost .. my|our|parcel|order|luggage|files|booking;
        wrong item*|size|order|colour|color|address|date|name|information|part|thing|model|product|product|bill|amount|one|meal|drink|advice|diagnosis|number|seat*;
        charged .. twice|wrong|double|wrongly|extra|more|again; double charged|booked|charge;
        nobody|noone does|did|help*|came|show*|turned|could|wanted|understood|offered|apologis*|return*|phoned|was|available|there|around|would|will;
        no one does|did|help*|came|show*|turned|wanted|understood|offered|apologis*|return*|phoned|available|around|would|will;
        cut .. off|corners; gave|given up;
        arrived|came|was|were|is late|cold|damaged|broken|empty|dirty|closed|shut|missing|faulty|wrong|soggy|burnt|down;
        ran|run|running out .. of; out of .. stock|order|date|service; fell|falls|falling .. off|apart;
        broke|broken|stopped|died .. after|within|working|twice|again|week*|days;
        keeps|keep|kept|always|constantly|regularly|often|frequently crash*|break*|drop*|fail*|freez*|going|changing|cancel*|losing|forget*|asking|ringing|charging|late|down|broken|full|busy|dirty|delayed|engaged|out|wrong|buffer*|disconnect*|log*;
        made to feel|wait .. like|stupid|unwelcome|nuisance|small|rushed|burden|nothing|awkward|guilty;
        rushed .. through|out|in; as if .. nuisance|burden|bothering;
        like .. a|an number|nuisance|idiot|criminal|burden|inconvenience|cattle|child; treated .. like|as;
        no longer .. work*|good|same|friendly|reliable|recommend|happy|trust|love;
        not .. what .. ordered|expected|promised|advertised|described|call; false advertis*|promise*|hope*;
        hidden charge*|fee*|cost*; small print; up* .. sell*;
        too many|few|long|slow|small|big|hot|cold|loud|late|far|short|hard|busy|crowded|expensive|dear|complicated|difficult|high|noisy|quick|heavy|confusing|rushed|old|weak|salty|sweet|bright|dark|easily|often|tight|much;
        not enough; lack of; lack;
        no reply|answer|response|communication|information|staff|explanation|apology|seats|seating|parking|privacy|follow|feedback|refund|toilet*|hot|heating|wifi|signal|appointment*|choice|support|help|advice|contact|update*|sign|idea|respect|empathy|interest;
        nobody|noone answer*|repl*|call*|rang|listen*|came|cares|cared|knew|knows|told|explained|bothered|picks|picked|seem*|helped|contacted|responded;
        no one answer*|repl*|call*|rang|listen*|came|cares|cared|knew|knows|told|explained|bothered|picks|picked|seem*|helped|contacted|responded|able|has|could;
        no one .. able;
        never|not|didn't|doesn't|don't|won't|wouldn't|hasn't|haven't|couldn't call*|rang|ring|phone*|repl*|respond*|answer*|arrive*|came|come|turn*|show*|listen*|hear*|receive*|get|got|return*|explain*|told|tell|inform*|know|work*|understand*|care|contact*|sort*|fix*|resolve*|offer*|introduce*;
        not|wasn't|weren't|isn't|aren't told|informed|given|offered|listened|explained|kept|able|available|working|answered|fixed|resolved|sorted|taken|seen|asked|allowed|clear;
        had|have|having|has to wait|chase|ring|call|phone|fight|ask|beg|queue|repeat|sit|stand|pay|return|complain|explain;
        wait* .. # min*|hour*|hr|hrs|day*|week*|month*|year*; wait* .. hours|days|weeks|months|ages|forever|long;
        took|takes|taking .. #|many|several|over min*|hour*|hr|hrs|day*|week*|month*|year*;
        took|takes|taking .. so|too|very|ages|forever|hours|weeks|days|months|long;
        # hour*|hr|hrs|week*|month*|year* .. wait*|late|delay*|hold|for|to; on hold; kept|left waiting|hold;
        long wait*|queue*|delay*|time; still waiting|not|no|hasn't|haven't;
        don't|didn't|not|never like|liked|enjoy|enjoyed;
        price*|rent|cost*|fee*|bill|premium .. went|gone|going|goes|increas*|rise|rose; put* .. price* .. up;
        wait too; feels|felt|looks cheap; money back; switch* to; leav* for; going|gone elsewhere;
        last time i|we|i'll; down again|all|every|for; let .. down; fell apart; gone|went downhill;
        doesn't|didn't work*; stopped working; every time .. use|open|try; passed around|from|about;
        cancelled .. my|our|without|last|twice; want* .. refund|leave|cancel; i'm|we're|am leaving; goodbye;
        going to leave|cancel; had to leave; too late; fed up; sick of; tired of; short staffed;
        hard|difficult|impossible to; unable to; not .. worth; poor|bad value; wrong way;
        keep* crashing|breaking|dropping|failing|freezing|going; forgot* about; talk* down|over; rolled .. eyes;
        hung up
    """,
    -2.5: """
        not recommended; piece|load|pile|bunch of junk|crap|garbage|trash|rubbish|tat|plastic; bed bugs;
        good for nothing; worst .. i've|i; don't .. buy|bother|waste;
        total|complete|absolute disappointment|letdown|rip-off|scam|con; not worth;
        couldn't|can't|could|cannot .. done|get|be|been|have .. any|much worse; couldn't|can't be worse;
        not|aren't|isn't|wasn't .. up to standard|scratch|par|much; won't see|hear .. me|us|my|again;
        never see|hear .. me|us again; seen the last; want|wanted|would .. my|our money back;
        never|won't|will|wouldn't|not .. never|be .. using|ordering|buying|booking|shopping|staying|coming|visiting|returning|dealing .. again|back|here|you|with;
        will never .. again|use|buy|order|go|return|shop|book|recommend; last time; steer clear; stay away;
        don't .. waste|bother|use|buy|go|order|trust; do not .. waste|bother|use|buy|go|order|trust|recommend;
        what a surprise|shock|disgrace|waste|farce|mess|nightmare|con|rip; just what .. needed|wanted;
        oh .. great|joy|good|brilliant|wonderful|lovely|perfect .. another|again|it|my|the|now|more;
        only took|takes|taken|waited .. you|us|# week*|hour*|day*|month*|three|two|an; so much for;
        how hard|difficult .. can|is; is it .. too|that much|hard;
        who needs|wouldn't|doesn't .. love|want|anyway|enjoy; because .. who|everyone .. loves|needs|wants|doesn't;
        thanks for nothing; waste .. time|money;
        never|won't|wouldn't|not .. buy|order|use|shop|visit|stay|return|come|book|go .. again|back; never again;
        never|won't|not .. be .. back|returning; avoid; leaves|left .. lot to be desired;
        good luck .. getting|trying|finding|reaching|speaking; good luck with that|them|this; what a joke;
        a|total|complete|utter joke; rip off; beyond a joke; is it too much to; yeah right;
        just what i needed|wanted; another|yet outage|delay|crash|fault|price|breakdown|error; how hard can;
        not fit for purpose; couldn't care less; the worst; worse than; worst .. ever;
        complete|total|utter shambles|waste|mess|disgrace|farce; disgusted; not impressed;
        only # .. hold|late|wait*; slap in the face; last straw; don't bother;
        never recommend; wouldn't|won't|can't|couldn't|don't|cannot recommend; would leave; would rather not;
        not happy|pleased|satisfied|acceptable|good
    """,
}

# Said of the good and the bad at once.
BOTH_WAYS = (
    "only good|nice|decent|positive|redeeming thing|part|bit|point|feature|aspect", "mixed feelings|bag|experience|results|messages",
    "hit and|or miss", "good and|& bad", "pros and|& cons", "good|great|fine|ok|okay in parts|places|bits", "ups and downs",
    "swings and roundabouts", "cheap but nasty", "some good|great|nice .. some bad|poor|not", "highs and lows",
)  # fmt: skip
