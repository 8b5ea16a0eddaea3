const set = (words: string) => new Set(words.split(/\s+/));

/** Words before a name that say what someone is, in small letters, without their dots. */
export const titles = set(
  `mr mrs ms miss mx dr prof professor sir dame lord lady baroness king queen prince princess pope president vice minister prime premier chancellor
  secretary senator sen sens congressman congresswoman representative rep reps gov governor mayor judge justice gen general col colonel lt
  lieutenant maj major capt captain sgt sergeant adm admiral cmdr commander chief foreign defense defence treasury state attorney ambassador envoy
  spokesman spokeswoman spokesperson speaker leader chairman chairwoman chair director deputy assistant former ex rev reverend father sister
  brother republican democrat democratic gop candidate nominee acting first lady bishop archbishop cardinal rabbi imam sheikh sheriff officer
  detective inspector superintendent constable prosecutor executive councillor councilman councilwoman agent commissioner host anchor columnist reporter correspondent analyst strategist adviser advisor aide ceo founder coach author actor actress`,
);

/** Words that make a name one of an organisation, a place or a thing. */
export const organisationWords = set(
  `house department committee alliance times post university party council court union association institute institution center centre group company
  corp inc news agency ministry office bureau board bank fund foundation campaign journal street white senate congress commission church
  college school hospital army navy force forces guard service services network international national federation federal united nations states
  american america new north south west east northern southern western eastern san los las saint st fort lake mount county city island valley river
  coast beach park tower airport hotel hall road avenue act bill amendment accord treaty agreement constitution award show press tribune herald
  post gazette today magazine radio television tv media club league team caucus convention conference summit organization organisation
  administration government kingdom republic security health state justice defense defence treasury supreme social fox abc nbc cbs cnn bbc msnbc`,
);

/** Adjectives of nations and parts of the world, in small letters. */
export const nationalities = set(
  `american british french german ukrainian russian chinese japanese european western italian spanish polish turkish israeli palestinian iranian
  iraqi syrian indian pakistani canadian mexican brazilian australian korean danish swedish norwegian finnish dutch belgian austrian swiss greek
  hungarian czech slovak romanian bulgarian serbian croatian irish scottish english welsh us u.s u.s. uk u.k u.k. eu african asian arab saudi
  egyptian lebanese afghan vietnamese venezuelan cuban estonian latvian lithuanian belarusian georgian`,
);

/** First names mostly borne by women. */
export const womensNames = set(
  `mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley kimberly emily donna michelle
  carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen
  samantha katherine christine debra rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren
  christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice jean abigail
  alice julia judy sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte marie kayla alexis
  lori hillary melania ivanka kellyanne huma condoleezza ursula giorgia kaja theresa liz nikki kamala tulsi jill gwen carly sally claire elise
  jeanne kirsten dianne tammy loretta monica chelsea katie kate jane anne eva ellen rosa fatima olena yulia svetlana annalena marine`,
);

/** First names mostly borne by men. */
export const mensNames = set(
  `james robert john michael david william richard joseph thomas christopher charles daniel matthew anthony mark donald steven andrew paul joshua
  kenneth kevin brian george timothy ronald jason edward jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon
  benjamin samuel gregory alexander patrick frank raymond jack dennis jerry tyler aaron jose adam nathan henry zachary douglas peter kyle noah
  ethan jeremy walter christian keith roger terry austin sean gerald carl harold dylan arthur lawrence jordan jesse bryan billy bruce gabriel joe
  logan alan juan albert willie elijah wayne randy vincent mason roy ralph bobby russell bradley philip eugene barack bernie ted marco jeb ben
  mike bill tim jim tom rand chris lindsey newt mitt mitch harry chuck rudy corey volodymyr vladimir emmanuel keir friedrich olaf boris rishi
  steve jared sergei sergey dmitry viktor nicolas pete antonio josh dan matt rob greg jeff ed sam fred bob ron rick don ken leon max hans`,
);
