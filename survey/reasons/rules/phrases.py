"""What each reason sounds like in people’s own words.

A phrase is words in order: `wait*` has any ending, `a|b` is either word, `#` is a number, `..` is up to three words
in between; phrases are parted by semicolons. Who matches them also checks that nothing before the phrase denies it
(“no waiting”, “never had to wait”).
"""

# ruff: noqa: E501 -- a phrase stays on one line

IN_THEIR_WORDS: dict[str, str] = {
    "P1": """
        too expensive; so|very|really|rather|quite|pretty|bit|more expensive; is|was|are|its|became expensive; too
        dear|pricey|costly; overpriced; over priced; pric*|cost*|fee|fees|rate* .. too high|much|steep; price .. high;
        high price*|cost*|fee*|rate*; cost* too much; cost* a fortune|bomb; cost* .. more than; can't|cannot|couldn't
        justify .. cost|price|expense|it; cheaper price*; lower .. price*|cost*|fee*|rate*; reduce ..
        price*|cost*|fee*; pay* too much; rip off; ripoff; rip-off; extortionate; priced out; out of my budget|range
    """,
    "P2": """
        price* .. went|gone|going|goes|shot|jumped up; put* .. price* .. up; put it up again; you put it up; price* ..
        increas*; increas* .. price*|cost*|fee*|premium*|rate*|subscription*; after the increase; price
        rise*|hike*|increase*; rais* .. price*|rate*|fee*|premium*; price* .. rose|risen|rising|doubled|tripled;
        cost*|fee*|rent|premium|subscription|bill|rate* .. went|gone|going|goes|shot|jumped up; new price at renewal;
        renewal .. more|higher|doubled|up|increase*; hik* .. price*|rate*|fee*; dearer; got|getting|become more
        expensive; doubled .. price|cost|fee|rent|premium; keep* going up; keep* putting .. up
    """,
    "P3": """
        hidden fee*|cost*|charge*; extra|additional|unexpected|surprise charge*|fee*|cost*|bill*; charged .. extra*;
        charged extra; bill shock; added .. fee*|charge*; overage; data charges; long distance charges; admin* fee*;
        delivery charge*|fee*; late|cancellation|exit|booking|service fee*|charge*; charge* .. for everything; charg*
        .. on top; bill .. higher|more than
    """,
    "P4": """
        new customers .. cheaper|less|better|discount*|deal*|offer*; new customers get it cheaper; punish* ..
        staying|loyal*; penalis* .. loyal*|staying; loyalty .. nothing|not|isn't|penal*|count*; loyal* .. pay* more;
        existing customers .. more|worse|nothing|less; only .. new customers; no .. reward* .. loyal*; reward* .. new
        customers; loyal* .. ripped; loyal* .. taken for granted; better|cheaper .. for new customers; offers .. new
        customers; long* standing customer* .. more
    """,
    "P5": """
        not|isn't|wasn't|never worth; no longer worth; not using it; not|don't|didn't|hardly|rarely|barely|wasn't us*
        it enough; hardly|rarely|barely|seldom use*|using|used; didn't use it; stopped using; stopped seeing the
        point; can't|couldn't see .. point; no point .. paying; less for the same money; poor|bad|terrible|awful
        value; no value; not .. value for money; waste* of money; money's worth; don't|didn't get enough out; not ..
        get* much out; pay* .. for nothing; don't|didn't|not need .. all; lack of affordable
    """,
    "S1": """
        kept|keeps|keep breaking|crashing|failing|freezing|dropping|stopping|cutting; broke|breaks|breaking down;
        broke|broken; stopped working; doesn't|didn't|don't|not|never|isn't|wasn't|won't work*; out of order;
        always|constantly|often down; went|goes|was|is down; outage*; crash*; bug|bugs|buggy|glitch*; unreliab*;
        reliability*; fault*; defect*; malfunction*; wrong order|item|size|product|colour|one|food|parcel; order ..
        wrong|missing; lost .. parcel|order|luggage|bag|bags|package|letter|paperwork|records|file; damaged; arrived
        .. broken; error* .. again|time|page|message*; no signal|connection|hot water|heating; los* ..
        connection|signal|data; disconnect*; cut* out; leak*; freezes|froze; cancel* ..
        flight|train|appointment|class|order|booking|visit; flight|train|appointment|class|booking ..
        cancelled|canceled
    """,
    "S2": """
        poor quality; bad|low|terrible|awful|shoddy|inferior quality; quality ..
        poor|bad|dropped|fell|gone|went|declin*|worse|terrible|suffer*; not as
        described|advertised|expected|promised|good; let me|us down; disappoint*; below expectation*|standard*|par;
        expected better|more; not up to .. standard*|scratch|expectations; not good enough; could be better;
        poor|bad|terrible|awful|dreadful|shocking|appalling service|product|experience|care|food|treatment|standard*;
        fell apart; dirty|filthy|unclean; wasn't|isn't clean; food .. cold; cold|bland|stale|tasteless
        food|coffee|meal*|tea; badly made|done|built|finished; sub standard; substandard; mediocre; gone downhill;
        went downhill; dissatisf*; unsatisf*; rubbish|useless product|service; too noisy|cold|hot|crowded|small|slow;
        very|so|really slow
    """,
    "S3": """
        don't|doesn't|didn't stock|sell|offer|provide|support|carry|include; missing .. feature*|function*;
        missing|lacks|lacked|lacking .. feature*|option*|function*; no ..
        option|feature|integration|export|app|api|choice|vegan|vegetarian|parking|wifi; lack of ..
        feature*|option*|choice|range|variety|integration*|facilities|equipment|functionality; too limited; limited
        range|choice|selection|menu|options|features|stock; small .. range|selection|choice; not .. enough|much
        choice|range|variety|options|selection; out of stock; sold out; never in stock; couldn't|can't|cannot find ..
        needed|wanted|size; need* .. more features|options|choice; more choice|variety|options|range;
        wider|bigger|larger .. range|choice|selection|menu; would like to see more; not available in;
        doesn't|didn't|not have .. needed|need|wanted|want
    """,
    "S4": """
        liked|preferred|loved the old|previous; old .. was better; used to be .. better|good|great; was better before;
        discontinued; stopped making|selling|stocking|doing; since ..
        redesign|update|change*|takeover|upgrade|relaunch; the redesign; new ..
        version|app|layout|design|website|menu|recipe|system .. worse|awful|terrible|bad|hate|confusing; hate the new;
        since you changed; you changed|dropped|removed|scrapped; took .. away; removed .. feature*; changed the|your
        recipe|menu|layout|app|timetable|formula; bring back; no longer offer*|make|sell|do|stock*; update ..
        ruined|broke; made it worse
    """,
    "S5": """
        billed|charged twice|again; double charged|billed|charge|billing; wrong amount|bill|invoice|charge|price;
        bill* .. wrong|incorrect|mistake*|error*; billing error*|problem*|issue*|mistake*; overcharg*; over charged;
        charged .. after|wrong*|incorrect*|cancelled|mistake; charged after i cancelled; still ..
        charg*|billed|bill|taking; invoice* .. wrong|incorrect; took .. payment*|money twice; money .. taken ..
        twice|account; incorrect* .. charged|billed|bill|invoice; wrong .. address|name|details ..
        file|record|account; mistakes on .. bill|invoice*; charged .. never|didn't|not
    """,
    "E1": """
        rude; rudely|rudeness; impolite; unfriendly; unprofessional*; disrespect*; uncaring; unkind; nobody
        cared|cares; no one cared|cares; don't|didn't|doesn't|not|never care|cared .. about; didn't care; don't care;
        treated like .. number|idiot|dirt|criminal|nuisance|rubbish|nothing|child|fool|liar; treated ..
        badly|poorly|unfairly|rudely|terribly; attitude; arrogan*; abrupt*; dismissive; condescend*; patronis*;
        patroniz*; aggressive*; shout* .. at me|us|him|her|people; talked|spoken|spoke down; talked over; made me feel
        .. stupid|small|bad|uncomfortable|burden|nuisance; couldn't care less; indifferen*; snapped at;
        ignorant; not friendly|helpful|polite|welcoming; unhelpful; bad|poor manner*; bullied|bullying; not ..
        sympathetic|empathetic|compassionate; lack* .. empathy|compassion|courtesy|respect|manners; hung up on; rolled
        .. eyes; sarcastic; surly|sullen|grumpy|hostile
    """,
    "E2": """
        didn't|never|doesn't|won't|not call|called|ring|rang|phone|phoned|get|got|write|wrote .. back;
        never
        called|rang|phoned|replied|responded|answered|heard|wrote|came|showed|turned|returned|contacted|emailed|got|received
        .. back|up|reply|call|answer|response; never called|rang|phoned|replied|responded|answered; ignored ..
        email*|e-mail*|mail*|call*|message*|letter*|request*|complaint*|us|me; ignored; no
        reply|replies|response|answer|answers|callback|acknowledgement|communication|follow; nobody|noone
        answer*|repl*|respond*|call*|rang|rings|listen*|came|contacted|picks|picked|told|got|gets|turned|helped|bothered;
        no one
        answer*|repl*|respond*|call*|rang|rings|listen*|came|contacted|picks|picked|told|got|gets|turned|helped|bothered;
        didn't|doesn't|don't|not|never|won't|wouldn't listen*; didn't|don't|doesn't|not|won't
        reply|respond|answer|call back|ring; not .. listened to; unresponsive;
        can't|couldn't|cannot|impossible|hard|difficult|unable .. get through; get* through .. phone|hours|ages;
        can't|couldn't|cannot|impossible|hard|difficult|unable .. reach|contact|speak|get hold ..
        you|anyone|someone|anybody|staff|support|them|human|person;
        can't|couldn't|cannot|impossible|hard|difficult|unable .. contact|reach .. you|anyone|someone|anybody|them;
        couldn't|can't|cannot|impossible .. speak|talk .. anyone|someone|person|human; unanswered; not
        answered|returned; no show; didn't|never turn* up; didn't|never show* up; never came; still waiting ..
        reply|response|call|answer|hear; haven't|not|never heard .. back; heard nothing; weeks|days|months .. for ..
        reply|response|answer|call; wait* .. for .. reply|response|answer|callback; had to chase; chas* ..
        up|replies|answer|times; not keep|kept .. informed; kept|left in the dark; lack of|poor|bad|no communication;
        communication .. poor|bad|terrible|lacking|awful; slow .. respond|reply|response*; nobody .. phone; phone ..
        never|not|isn't answered; promised .. call .. never
    """,
    "E3": """
        didn't|don't|doesn't|not know .. product|doing|answer|about|talking|anything|what; no idea;
        hadn't|haven't a clue; clueless; no clue; incompeten*; wrong|bad|incorrect|conflicting|contradictory
        advice|information|info|answer*; different|conflicting|contradictory .. answer*|advice|information|stor*; told
        different|conflicting things; passed|pushed|sent|bounced around|about|pillar; passed from; transferred ..
        times|department*|person|around|again; lack of knowledge|training|expertise; poor expertise; inexperienced;
        untrained; poorly|badly trained; couldn't|can't|not|wasn't|weren't able to help;
        couldn't|can't help; unable to help; not .. knowledgeable|trained|qualified;
        more|better training; need* .. training; misdiagnos*; wrong diagnosis|medication|prescription; nobody|noone
        knew|knows; no one knew|knows; out of .. depth; didn't|not understand ..
        problem|question|issue|needs|me|us|what
    """,
    "E4": """
        too small for you|them; we're|we are|am|are too small; bigger|big|larger|large|major|key
        client*|customer*|account* .. first|priority|attention|better|more; big clients come first; no account
        manager; no dedicated|personal contact|manager|support; small .. customer*|client*|business*|account* ..
        ignored|matter|neglected|nothing|last|forgotten; only care .. big*|large*; not .. important|big enough; bottom
        of the list|pile; not a priority
    """,
    "R1": """
        still not|isn't|hasn't|haven't|wasn't fixed|resolved|solved|sorted|repaired|working|corrected|sent; never
        fixed|resolved|solved|sorted|repaired|corrected|put; not fixed|resolved|solved|sorted|repaired;
        wasn't|isn't|hasn't|weren't .. fixed|resolved|solved|sorted|repaired;
        didn't|don't|couldn't|can't|won't|doesn't fix|resolve|solve|sort .. it|problem|issue|anything|that|this|out;
        complain* .. nothing|ignored|twice|times|still|nowhere|avail|again; complaint* ..
        ignored|unresolved|nothing|nowhere|not|never; nothing .. done|happened|changed|changes|happens; unresolved; no
        resolution|solution; closed my|the|our ticket|case|complaint; same|problem|issue|fault
        problem|issue|fault|keeps|kept|came|still .. again|back|coming|happening|there; same problem|issue|fault ..
        again; reported .. times|twice|nothing|weeks|months; problem|issue* persist*; to no avail; no further forward
    """,
    "R2": """
        fight|fought|fighting|battle .. refund|money|it|compensation|fixed; had to fight; only after ..
        shouted|complain*|threat*|social|escalat*|chas*; took .. #
        day*|week*|month*|call*|attempt*|visit*|email*|year*; took .. day*|week*|month*|forever|ages|age ..
        fix|sort|resolve|repair|replace|refund|put|get|correct; took|takes forever|ages; took too long ..
        fix|sort|resolve|repair|put|refund; slow .. fix|resolve|repair|refund|sort*; # .. calls|emails|visits|attempts
        .. fix|sort|resolve|get|to; badly repaired|fixed; repair* .. bad*|poor*|again|broke; half .. fixed|job|refund;
        only partly|partially fixed|resolved|refunded; wait* .. refund|repair|replacement|compensation; no|without
        apology; never apologi*|said sorry; grudging*
    """,
    "R3": """
        wouldn't|won't|refus*|denied|declin*|no ..
        refund*|return*|exchange*|replace*|compensat*|warranty|honour|guarantee; wouldn't|won't
        refund|replace|exchange|return|honour|honor; refus* .. refund|exchange|replace|compensate|return|honour|honor;
        no refund*|compensation; refund .. refused|denied|rejected|never; broke* .. promise*|word; promise* ..
        broken|not|never|didn't|wasn't|nothing; not|never|didn't|don't|doesn't keep|kept .. promise*|word; warranty ..
        useless|void|expired|refused|worthless|not|wouldn't; guarantee .. useless|worthless|not|void;
        not|never|didn't|wouldn't honour* .. price|offer|guarantee|warranty|booking|deal|discount; claim ..
        rejected|refused|denied|declined; want|give .. money back; never got .. refund|money; still .. waiting|no|not
        .. refund
    """,
    "A1": """
        too far; long|far way|drive|journey|trip; far away|from home; closed when; not open; opening hours|times;
        opened|open longer|later|earlier|weekends|sundays|saturdays|evenings; inconvenient ..
        location|place|hours|times|time|site; location .. inconvenient|bad|awkward|far|remote; nearer|closer ..
        home|branch|branches|shop|store|location|me|us;
        no|poor|lack|not|difficult|nowhere|terrible|awful|bad|expensive|limited|impossible .. park*; parking ..
        difficult|terrible|nightmare|awful|bad|poor|expensive|impossible|problem*|limited|full|issue*|hard|charges;
        more|better|free parking; car park .. full|small; road .. shut|closed|works; roadworks; hard|difficult to get
        to|there; no public transport|bus|buses; closes|closed too early; shut too early; hours .. don't|didn't|not
        suit; times .. don't|didn't|not suit; home|house visits
    """,
    "A2": """
        wait*|queu* .. too long|ages|forever|age; wait*|queu*|hold|delay* .. #
        minute*|min|mins|hour*|hr|hrs|day*|week*|month*|year*; wait*|queu*|hold ..
        hour*|week*|month*|minutes|ages|days|forever; # minute*|min|mins|hour*|hr|hrs|day*|week*|month* ..
        wait*|late|delay*|queu*|hold; long|longer|lengthy|endless|terrible|awful|ridiculous|unacceptable|excessive
        wait*|queu*|delay*|hold; had|have|having to wait|queue; kept waiting; kept|left|keeps .. waiting|hold; wait*
        .. long*; long time .. wait*|answer|appointment|seen; wait* a long time; tired|sick|fed of|up .. wait*|queu*;
        still waiting; wait* ..
        appointment|delivery|parcel|engineer|order|ambulance|surgery|results|call|doctor|seen|machine|table|food;
        wait* .. too|so|very; wait* time* ..
        long|too|bad|awful|terrible|reduce|shorten|improve|better|ridiculous|excessive|quicker|increas*; wait* time*;
        reduc*|cut|cutting|shorten*|shorter|less|quicker|improve|speed .. wait*|queu*|delay*; shorter
        wait*|queue*|time*; queue* .. long|too|huge|never|slow|round|out; long queue*; queue*|queuing|queueing;
        couldn't|can't|cannot|unable|impossible|hard|difficult|not .. get .. appointment*;
        couldn't|can't|cannot|unable|impossible|hard|difficult .. appointment*; no appointment*; more appointments;
        late delivery|deliveries|train*|flight*|bus|buses; deliver* .. late|slow|never|delay*;
        arrived|came|turned|were|was|is|are|always .. late; running late; hours|days|weeks late; # minutes late; late;
        delay*; took too long; tak*|took .. too|so|very long; took .. ages|forever; slow|slower
        service|delivery|deliveries|checkout|queue; service .. slow; be|been|being|get seen
        sooner|quicker|earlier|faster; quicker|faster|speedier
        service|response|appointment*|delivery|call|seen|answer*|access|triage; long .. hold|answer|get|wait*; on
        hold; overdue; sat .. for hours|ages
    """,
    "A3": """
        too complicated|complex|confusing|difficult|fiddly|hard; complicated; confusing|confused;
        couldn't|can't|unable .. set .. up; couldn't|can't|cannot|unable .. log|sign in|on|up;
        couldn't|can't|cannot|unable|never|didn't .. figure|work .. out; hard|difficult|impossible|awkward|tricky|not
        easy to use|navigate|understand|find|book|order|set|cancel|install|follow|learn|log|read; not .. user
        friendly|intuitive|easy|straightforward; isn't|wasn't|not easy|intuitive|straightforward; website ..
        maze|confusing|terrible|awful|difficult|hard|useless|rubbish|slow|clunky|poor|bad|nightmare|broken; app ..
        confusing|terrible|awful|difficult|hard|useless|rubbish|clunky|poor|nightmare; clunky; unintuitive; steep
        learning; too many steps|clicks|forms|questions|options|menus|screens|buttons|passwords; so many
        forms|steps|clicks; lack of self-service; paperwork; easier to use|navigate|book|find|understand|order|cancel;
        simpler|easier .. website|app|process|form|forms|system|menu|way; couldn't|can't|cannot find ..
        anything|way|button|page|information|where; instructions .. unclear|confusing|poor|useless|missing; awkward
        to; cumbersome; too much effort|hassle|trouble|work; automated|press system|menu|#
    """,
    "X1": """
        better|cheaper|good deal|offer|price*|rate*|quote|package|tariff ..
        elsewhere|competitor|another|from|with|somewhere|at; better deal; better offer|rate|quote; cheaper
        elsewhere|somewhere|competitor*|online|supplier|provider|alternative*|option; found .. cheaper; found ..
        better .. deal|price|offer|value; cheaper .. elsewhere|with|at; same .. for less|cheaper; same for less; gave
        me|us .. discount; offered .. me|us|more|better|discount; competitor* ..
        offer*|cheaper|price*|discount|deal|less; undercut; save* .. money|# .. switch*|going|moving|elsewhere; half
        the price; more data; less elsewhere; beat* .. price
    """,
    "X2": """
        theirs|competitor*|rival* .. newer|better|faster|superior|does|do|nicer|more; theirs is newer; better
        product|service|app|device*|software|system|alternative ..
        elsewhere|competitor|with|from|somewhere|at|available; found|prefer* .. better|another ..
        one|product|service|app|supplier|provider|alternative|solution|gym|shop;
        switch*|going|gone|changed|changing|went .. to .. competitor|another|different|other|rival; moved to .. competitor|rival|provider|supplier;
        switch* to; prefer* .. competitor|other|another|theirs; better .. elsewhere; better devices; higher speeds;
        faster .. elsewhere|competitor|with|at; does more; elsewhere .. better; more features elsewhere
    """,
    "X3": """
        friend*|colleague*|family|neighbour*|brother|sister|everyone|partner|wife|husband|mum|dad|son|daughter ..
        use*|recommend*|suggest*|switch*|went|moved|there|told|goes|joined|is|are ..
        them|another|there|else|elsewhere|competitor|other|instead|different; my friend uses them;
        adviser|advisor|accountant|consultant|broker|doctor|trainer .. suggest*|recommend*|advised ..
        another|them|switch|elsewhere|else|change|other|competitor|different; adviser suggested; everyone is there;
        recommended another|elsewhere|someone|competitor|different|other|by; was|were recommended ..
        another|else|competitor|different; friends .. all .. there|switched|use
    """,
    "X4": """
        built our|my own; build* .. own; in-house; in house; hired|employed|recruited
        someone|somebody|staff|person|own; do|doing|does it ourselves|myself|themselves|himself|herself; doing ..
        ourselves|myself; do it ourselves; do|make|made|making .. own|ourselves|myself .. now; make my|our own;
        brought .. inside|house
    """,
    "T1": """
        misled|misleading|mislead; mis-sold; missold; mis sold; lied|lies|liars|lying to; lied; liars; dishonest*;
        decei*; deceptive; scam*; conned; con artist*; cheated; tricked; false
        advertising|promises|claims|information|advert*; pushy; pressur* .. sell*|sale*|buy|sign|me|us; pressure
        selling|sales; hard sell; aggressive sales; don't|didn't|can't|cannot|couldn't|never|not|no|lost|lack ..
        trust; untrustworthy; trust .. broken|gone|lost; privacy; data breach; breach of ..
        trust|data|confidentiality|privacy; sold|shared|leaked|selling|sharing .. data|details|number|information;
        hack*; unsafe|dangerous; not|didn't|don't|never feel|felt safe; spam*; fraud*; confidential*; small print
    """,
    "T2": """
        against .. policy|rules|regulations; computer says no; rules are rules;
        your|company|store|their|stupid|ridiculous|silly policy|policies|rules|rule; policy ..
        said|says|not|no|wouldn't|doesn't|didn't|prevented; red tape; bureaucra*; not allowed|permitted;
        wasn't|weren't|isn't|aren't allowed|permitted|eligible; not eligible; wouldn't|won't let me|us; inflexib*; no
        flexibility; refused .. because .. policy|rule*; terms and conditions; jobsworth*; notice period; locked
        in|into; tied in|into .. contract; minimum term|contract
    """,
    "T3": """
        politic*; boycott*; what your boss|ceo|owner|founder|chairman said; ethic*; unethical; values; disagree* ..
        stance|position|values|views|policy|with; stance; sweatshop*; animal testing|cruelty; sustainab*; environment*
        .. record|policy|impact|damage; plastic; climate; racis*; sexis*; homophob*; discriminat*; woke; treat* ..
        staff|workers|employees|animals .. badly|poorly|terribly|awful*; tax avoid*|dodging
    """,
    "N1": """
        project .. finished|over|ended|complete*|done; only needed .. once|for|one|week|month|short; only needed it
        once; course .. over|finished|ended|complete*; finished .. course|project|degree|studies|treatment|work; job
        .. done|finished|complete*; goal* .. reached|achieved|met; reached|achieved|met .. goal*|target*; one off;
        one-off; graduated; event .. over|passed|finished; no further need; treatment .. finished|complete*|over;
        trial .. ended|over|finished; completed .. course|project|programme|treatment
    """,
    "N2": """
        new|had|having|expecting .. baby; baby now; baby; pregnan*; changed|changing|new|different job*; started ..
        new job; changed|new|different .. career; don't|doesn't|didn't|no|not longer need; no longer
        need*|use|require*|drive|have|want; don't|doesn't|not need it|this|them .. any|anymore|now; don't need it any
        more; work* from home; circumstances; retired|retirement|retiring; health ..
        reasons|problem*|issue*|condition; ill health; injur*; divorc*; got married; lifestyle; personal reasons;
        family reasons|situation|circumstances; kids|children|son|daughter .. grown|left|grew|outgrew|older; outgrow*|outgrew;
        no time .. any|anymore|now|it; don't|didn't|not have .. time; sold .. car|house|boat|bike; my|our needs ..
        changed|change
    """,
    "N3": """
        back in|next ..
        spring|summer|autumn|winter|january|february|march|april|may|june|july|august|september|october|november|december|year|month*|season;
        tak* a break; taking a .. break; take .. break|pause; just|only for ..
        summer|winter|season|holidays|month|while; just for the summer; seasonal; paus* ..
        membership|subscription|account|for|my; for now; will|i'll|we'll|shall|hope ..
        be|come|return|rejoin|join|re-join back|again|soon|later; plan to return|rejoin; temporar*; on hold ..
        until|for now; travelling for; away for .. months|summer|winter|year|while
    """,
    "U1": """
        passed away;
        father|mother|husband|wife|dad|mum|partner|son|daughter|brother|sister|parent|customer|account|holder|he|she|grandmother|grandfather|aunt|uncle
        .. died|passed; estate of; deceased; bereave*; the late mr|mrs|ms; executor*; probate; death of; sadly died
    """,
    "U2": """
        moved house|home|away|abroad|city|cities|country|town|area|out; moving
        house|home|away|abroad|city|country|town|out; moved .. to .. another|new|different|other ..
        city|town|country|area|house|place; relocat*; left the country|area|city|town; leaving the
        country|area|city|town; emigrat*; we've|i've|have|had|i|we moved; not|don't|no longer live ..
        here|there|area|nearby|near; new address|home .. not|no|isn't|outside; out of .. area; don't|doesn't|not
        cover|serve|deliver .. area|address|here|postcode|village
    """,
    "U3": """
        lost my|his|her|our job; lost .. job; made redundant; redundan*; unemploy*; laid off; bankrupt*; insolven*;
        business .. struggling|failing|slow|quiet|tough; can't|couldn't .. afford; no
        longer afford; can't afford anything now; money .. tight|short; financial* ..
        difficult*|reason*|hardship|situation|struggl*|problem*|trouble*; cost of living; cutting|cut back|costs|down;
        tighten* .. belt*; budget .. cut*; lost .. income|contract|funding; hardship; in debt; on benefits
    """,
    "U4": """
        we|company|business|shop|firm|practice|restaurant .. closed down; closed down; closed .. our|the|my ..
        business|company|shop|firm|restaurant|practice; closing .. business|company|shop|firm|restaurant|practice;
        ceased trading; stopped trading; wound up; wind* up .. business|company|firm; acquired; bought out; bought by;
        taken over by; merge*|merging|merger; sold .. business|company|shop|firm|practice; gone|went|going out of
        business; gone|went into administration|liquidation|receivership; liquidat*; parent company ..
        uses|chose|decided|requires
    """,
    "U5": """
        flood*; fire .. destroyed|damaged|at; earthquake|hurricane|storm damage; pandemic|covid|lockdown; no longer
        allowed|legal; new law|regulation|legislation|rules .. mean*|require*|forbid*; change in .. law|regulation*;
        government .. ban*|rule*|law|stopp*; banned by; you|they .. closed|shut|close ..
        branch|store|shop|site|office|gym|local|centre; you closed our branch;
        branch|store|shop|gym|office|centre|site .. closed|closing|shut|closure; war|sanctions in|against
    """,
    "B": """
        card .. expired|declined|rejected|stolen|lost|blocked|cancelled; payment* ..
        failed|declined|bounced|rejected|didn't|not; payment failed; new bank; changed bank*; direct debit ..
        failed|cancelled|bounced|rejected; new card; bank .. blocked|rejected|declined
    """,
    "F": """
        you|they|company closed my|our account; you dropped us|me; you|they .. terminated|ended|cancelled ..
        contract|account|membership|policy|agreement|subscription; contract .. ended|terminated .. by .. you|them;
        contract ended by you; kicked out|off; account .. suspended|banned|terminated|blocked|closed; you withdrew;
        withdrew|withdrawn .. service|offer|cover
    """,
    "Z2": """
        don't know; not sure; no .. reason; no idea why; prefer|rather not .. say|answer; prefer not to say;
        none of your business
    """,
}


def _phrases(words: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in words.split(";") if phrase.strip())


PHRASES: dict[str, tuple[str, ...]] = {code: _phrases(words) for code, words in IN_THEIR_WORDS.items()}
