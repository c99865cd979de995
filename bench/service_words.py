"""Sentences of our own about services of every kind, so that the word table has met their words in use."""

from collections.abc import Iterator

THINGS = """
flight; plane; seat; boarding; gate; runway; tarmac; take off; landing; connection; connecting flight; luggage; bag; bags;
suitcase; baggage claim; carry on; check-in desk; check in; cabin crew; flight attendant; stewardess; pilot; airport; lounge;
upgrade; boarding pass; itinerary; layover; legroom; in-flight entertainment; train; carriage; bus; coach; driver; taxi; tram;
timetable; platform; station; ferry; ticket; booking; reservation; refund; voucher; compensation; deposit; hotel; room; bed;
shower; bathroom; breakfast; reception; receptionist; pool; housekeeping; air conditioning; heating; restaurant; table; waiter;
waitress; food; meal; coffee; drink; menu; portion; takeaway; parcel; package; delivery; courier; order; tracking; replacement;
shop; store; till; queue; line; security line; cashier; shelf; website; web page; app; login; password; account; checkout;
payment; card; credit card; invoice; bill; price; fee; charge; subscription; plan; contract; renewal; discount; loyalty points;
miles; phone line; call; call centre; helpline; hotline; agent; representative; supervisor; manager; chat; bot; email; message;
reply; answer; complaint; support; customer service; service; help desk; broadband; internet; signal; network; router; wifi;
electricity; gas; meter; engineer; technician; installation; repair; boiler; bank; branch; cash machine; loan; mortgage;
transfer; insurance; claim; policy; doctor; nurse; clinic; appointment; surgery; hospital; ward; prescription; treatment;
operation; diagnosis; test results; waiting room; waiting list; ambulance; paramedic; dentist; pharmacist; carer; vet; school;
teacher; course; lesson; exam; trainer; gym; class; equipment; changing room; membership; software; update; feature; report;
export; integration; data; dashboard; documentation; trial; product; device; battery; screen; charger; size; colour; material;
warranty; instructions; spare part; car; garage; rental car; car park; parking; lift; stairs; toilet; building; office; garden;
council; bin collection; library; museum; event; concert; film; staff; team; assistant; salesperson; security guard; volunteer;
communication; information; advice; explanation; organisation; opening hours; location; noise; smell; cleanliness; safety
"""
SAID_OF_IT = """
was late; was delayed; was delayed for two hours; was cancelled; got cancelled again; never arrived; never came; got lost;
is missing; was stolen; was damaged; was broken; came in pieces; was ripped; was dirty; was filthy; was rude; was friendly;
was kind and helpful; was polite; was unhelpful; was unprofessional; ignored me; listened to me; is too expensive;
costs too much; went up again; is good value; was closed; did not work; stopped working; crashed; keeps failing; is down again;
was full; was overbooked; was understaffed; took forever; was slow; was quick; was fast and easy; was cold; was too hot;
was uncomfortable; was cramped; was noisy; was excellent; was great; was terrible; was disappointing; was the worst ever;
was confusing; was complicated; was wrong; was charged twice; was not as described; has no wifi; was out of stock;
could be better; needs improving; was on time; was clear; was worth it
"""
SAID_WITH_IT = """
I waited an hour for the {}; still waiting for my {}; nobody answered about the {}; where is my {}; they lost my {};
no {} after three days; thank you for the {}; I could not book the {}; cannot change my {}; they refused the {};
the {} hung up on me; on hold for hours about the {}; I complained about the {}; my {} has been cancelled;
I was charged for the {}; I want my money back for the {}; nobody knows anything about the {}; lack of {}; more {} please;
better {} elsewhere; I am leaving because of the {}; I missed my {}; stuck because of the {}; problem with the {};
no {} available; bring back the {}; I love the {}; they broke the {}; nobody told us about the {}; an error with my {}
"""


def sentences() -> Iterator[str]:
    """Every thing with everything that may be said of it, and with it."""
    for thing in _parts(THINGS):
        yield from (f"the {thing} {said}" for said in _parts(SAID_OF_IT))
        yield from (said.format(thing) for said in _parts(SAID_WITH_IT))


def _parts(listed: str) -> list[str]:
    return [" ".join(part.split()) for part in listed.split(";")]
