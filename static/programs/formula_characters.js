/*
 * Names of characters that find their way into formulas, by the Unicode Standard, in small letters: a browser knows
 * none. All others are told by their number.
 */

/** The first of a row, what their names have in common, and what stands in place of the star. @type {[number, string, string][]} */
const ROWS = [
  [0x20, "*",
    "space|exclamation mark|quotation mark|number sign|dollar sign|percent sign|ampersand|apostrophe|left parenthesis|right parenthesis|"
    + "asterisk|plus sign|comma|hyphen-minus|full stop|solidus"],
  [0x30, "digit *", "zero|one|two|three|four|five|six|seven|eight|nine"],
  [0x3a, "*", "colon|semicolon|less-than sign|equals sign|greater-than sign|question mark|commercial at"],
  [0x5b, "*", "left square bracket|reverse solidus|right square bracket|circumflex accent|low line|grave accent"],
  [0x7b, "*", "left curly bracket|vertical line|right curly bracket|tilde"],
  [0xa0, "*",
    "no-break space|inverted exclamation mark|cent sign|pound sign|currency sign|yen sign|broken bar|section sign|diaeresis|copyright sign|"
    + "feminine ordinal indicator|left-pointing double angle quotation mark|not sign|soft hyphen|registered sign|macron|degree sign|"
    + "plus-minus sign|superscript two|superscript three|acute accent|micro sign|pilcrow sign|middle dot|cedilla|superscript one|"
    + "masculine ordinal indicator|right-pointing double angle quotation mark|vulgar fraction one quarter|vulgar fraction one half|"
    + "vulgar fraction three quarters|inverted question mark"],
  [0xd7, "*", "multiplication sign"],
  [0xf7, "*", "division sign"],
  [0x391, "greek capital letter *", "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lamda|mu|nu|xi|omicron|pi|rho"],
  [0x3a3, "greek capital letter *", "sigma|tau|upsilon|phi|chi|psi|omega"],
  [0x3b1, "greek small letter *",
    "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lamda|mu|nu|xi|omicron|pi|rho|final sigma|sigma|tau|upsilon|phi|chi|psi|omega"],
  [0x410, "cyrillic capital letter *",
    "a|be|ve|ghe|de|ie|zhe|ze|i|short i|ka|el|em|en|o|pe|er|es|te|u|ef|ha|tse|che|sha|shcha|hard sign|yeru|soft sign|e|yu|ya"],
  [0x430, "cyrillic small letter *",
    "a|be|ve|ghe|de|ie|zhe|ze|i|short i|ka|el|em|en|o|pe|er|es|te|u|ef|ha|tse|che|sha|shcha|hard sign|yeru|soft sign|e|yu|ya"],
  [0x660, "arabic-indic digit *", "zero|one|two|three|four|five|six|seven|eight|nine"],
  [0x200b, "*", "zero width space|zero width non-joiner|zero width joiner|left-to-right mark|right-to-left mark"],
  [0x2010, "*",
    "hyphen|non-breaking hyphen|figure dash|en dash|em dash|horizontal bar|double vertical line|double low line|left single quotation mark|"
    + "right single quotation mark|single low-9 quotation mark|single high-reversed-9 quotation mark|left double quotation mark|"
    + "right double quotation mark|double low-9 quotation mark|double high-reversed-9 quotation mark|dagger|double dagger|bullet|"
    + "triangular bullet|one dot leader|two dot leader|horizontal ellipsis|hyphenation point"],
  [0x202a, "*", "left-to-right embedding|right-to-left embedding|pop directional formatting|left-to-right override|right-to-left override"],
  [0x2032, "*", "prime|double prime|triple prime"],
  [0x2070, "superscript *", "zero|latin small letter i"],
  [0x2074, "superscript *", "four|five|six|seven|eight|nine|plus sign|minus|equals sign|left parenthesis|right parenthesis|latin small letter n"],
  [0x2080, "subscript *", "zero|one|two|three|four|five|six|seven|eight|nine|plus sign|minus|equals sign|left parenthesis|right parenthesis"],
  [0x2190, "* arrow", "leftwards|upwards|rightwards|downwards"],
  [0x2200, "*",
    "for all|complement|partial differential|there exists|there does not exist|empty set|increment|nabla|element of|not an element of|"
    + "small element of|contains as member|does not contain as member|small contains as member|end of proof|n-ary product|n-ary coproduct|"
    + "n-ary summation"],
  [0x2212, "*",
    "minus sign|minus-or-plus sign|dot plus|division slash|set minus|asterisk operator|ring operator|bullet operator|square root|cube root|"
    + "fourth root|proportional to|infinity"],
  [0x2260, "*", "not equal to|identical to|not identical to|strictly equivalent to|less-than or equal to|greater-than or equal to"],
  [0x22c5, "*", "dot operator"],
  [0xfeff, "*", "zero width no-break space"],
];
const MARKS = new Map(Object.entries({
  "\u0300": "grave", "\u0301": "acute", "\u0302": "circumflex", "\u0303": "tilde", "\u0304": "macron", "\u0306": "breve",
  "\u0307": "dot above", "\u0308": "diaeresis", "\u030a": "ring above", "\u030b": "double acute", "\u030c": "caron",
  "\u0327": "cedilla", "\u0328": "ogonek",
}));
const FULLWIDTH = 0xfee0; // how far they stand from the characters that they are wide forms of
const [FIRST_HANGUL, LAST_HANGUL] = [0xac00, 0xd7a3];
const INITIALS = "g gg n d dd r m b bb s ss  j jj c k t p h".split(" ");
const VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u weo we wi yu eu yi i".split(" ");
const FINALS = " g gg gs n nj nh d l lg lm lb ls lt lp lh m b bs s ss ng j c k t p h".split(" ");

/**
 * Name of a character, as Python's unicodedata has it, or its number.
 *
 * @param {string} character
 */
export function characterName(character) {
  const code = character.codePointAt(0) ?? 0;
  return nameOf(code) ?? `u+${code.toString(16).padStart(4, "0")}`;
}

/** @param {number} code @returns {string | undefined} */
function nameOf(code) {
  for (const [first, template, names] of ROWS) {
    const name = names.split("|")[code - first];
    if (code >= first && name !== undefined) return template.replace("*", name);
  }
  if (code >= FIRST_HANGUL && code <= LAST_HANGUL) return `hangul syllable ${syllable(code - FIRST_HANGUL)}`;
  if (code > FULLWIDTH + 0x20 && code <= FULLWIDTH + 0x7e) return `fullwidth ${nameOf(code - FULLWIDTH)}`;
  const [letter, mark, more] = String.fromCodePoint(code).normalize("NFD"), above = mark ? MARKS.get(mark) : "";
  if (!/^[a-zA-Z]$/.test(letter) || above === undefined || more) return undefined;
  const size = letter === letter.toLowerCase() ? "small" : "capital";
  return `latin ${size} letter ${letter.toLowerCase()}${above && ` with ${above}`}`;
}

/** Korean syllables are spelled by their letters. @param {number} place */
function syllable(place) {
  const [vowels, finals] = [VOWELS.length, FINALS.length], rest = place % finals, at = Math.floor(place / finals);
  return INITIALS[Math.floor(at / vowels)] + VOWELS[at % vowels] + FINALS[rest];
}
