"""Given names that are common where English and German are spoken, for finding personal data. The list is ours."""

from survey.text.rules.plain import word_set

GIVEN_NAMES = word_set(
    """
    aaron abdul abdullah abigail adam adele adrian agnes ahmad ahmed aidan aisha alan albert alejandro alex alexander
    alexandra alfred ali alice alicia alison allison amanda amelia amina amir amy ana andre andrea andreas andrew andy angela
    angelika anita anja anke anna anne annette annika anthony antonia antonio antje arthur asif astrid audrey ava axel ayesha
    barbara beate beatrice ben benedict benjamin bernard bernd bernhard beth bettina betty birgit bjorn bob bonnie brandon
    brenda brian bridget brigitte bruce bruno caitlin callum cameron carl carla carlos carmen carol caroline carolyn
    catherine cathy cecilia charles charlotte cheryl chloe chris christa christina christine christoph christopher
    cindy claire clara claudia colin connie connor corinna craig cristina cynthia dagmar daisy daniel daniela daniele danielle
    darren dave david dawid debbie deborah debra denise dennis derek diana diane dieter dietmar dimitri dirk dominic dominik donald donna
    doreen doris dorothy doug douglas duncan dylan edith eduardo edward edwin eileen elaine eleanor elena elias elisabeth
    elizabeth elke ella ellen ellie elsie emily emma emmanuel eric erica erik erika esther ethan eugene eva evelyn fabian
    fatima felix fiona florian frances francesca francis franz frederick freya friedrich gabriel gabriele gareth gary gavin
    gemma geoff geoffrey george georg gerald gerd gerhard gertrud gillian gisela giulia glenn gloria gordon graham greg gregory
    greta gudrun guido gunter günter günther gustav hannah hannelore hans harald harriet harry hassan hazem heather heidi heike
    heiko heinrich heinz helen helena helga helmut henning henry herbert hermann hilary hilda holger horst howard hugh hugo hussein
    ian ibrahim ilse imran ines inge ingo ingrid irene iris isaac isabel isabella isla ismail ivan jackie jacob jacqueline jake
    jakob james jamie jan jane janet janice janine jasmin jasmine jason javier jeanette jeff jeffrey jennifer jenny jens jeremy
    jerome jesse jessica jill jim joachim joan joanna joanne jochen joe joel johan johann johanna johannes john johnny jonas jonathan
    jörg jorge jose josef joseph josephine josh joshua joyce juan judith judy julia julian julie jürgen justin jutta karen karin
    karl karsten kate katharina katherine kathleen kathrin kathryn kathy katie katja katrin kayla keith kelly ken kenneth
    kerry kerstin kevin khalid kieran kim kimberly kirsten klara klaus kristina kumar kurt kyle lara larry lars laura lauren laurence
    lawrence lea leah lena leo leon leonard leonie leslie lewis liam linda lisa liz lorenz lorraine louis louisa louise luca lucas
    lucia lucy ludwig luis luisa lukas luke lydia lynn madison maggie malcolm manfred manuela marc marcel marco marcus margaret
    margarete maria mariam marianne marie marilyn marina mario marion marlene marta martha martin martina mary maryam mateo mathias matt matthew
    matthias maureen maximilian meera megan mehmet melanie melissa mia michael michaela michelle miguel mike mila mina miriam moira
    mohamed mohammad mohammed monica monika muhammad mustafa nadia nadine nancy naomi natalie natasha nathan neil nele nicholas nick
    nicola nicole niels nigel nikolaus nils nina noah nora norbert norma norman olga oliver olivia omar oscar oskar otto owen pablo pamela
    patricia patrick paul paula pauline pedro peggy penelope peter petra phil philip philipp phillip phyllis priya rachel rainer
    ralf ralph ramona raj raphael raymond rebecca reinhard reinhold renate ricardo richard rita robert roberto robin roger roland rolf
    ronald rosemary rosie roswitha roy rudolf rupert russell ruth ryan sabine sabrina sally sam samantha samira samuel sandra sandy sara
    sarah scott sean sebastian shane shannon sharon sheila shirley sibylle sigrid silke silvia simon simone sofia sonja sophia
    sophie stacey stefan stefanie stella stephan stephanie stephen steve steven stuart susan susanna susanne suzanne svenja sven sylvia tamara tanja
    tanya tara terence teresa terry thea theo theresa thomas thorsten tim timothy tina tobias toby todd tom tony torsten tracey tracy
    trevor tristan udo ulrich ulrike ursula uschi ute uwe valentina valerie vanessa vera verena veronika vicky vincent
    viola vivian vladimir volker walter waltraud wanda wayne wendy werner wilfried wilhelm william winfried wolfgang xavier yasmin
    yusuf yvonne zachary zainab zara zoe
    """
)
# Names that are words as well: taken for a name only where a surname or a person’s role says so.
ALSO_WORDS = word_set(
    "mark will bill grace hope may april june august rose joy faith art frank pat sue drew chase guy rich jack chance dawn eve"
    " summer amber ruby max christian paris austin jordan chelsea sydney georgia victoria florence holly ivy lily violet dean grant"
    " miles pierce rob ray dick gene bob jean penny poppy olive victor carter mason tyler hunter harper brook ernst wolf jo al"
)
