import { expressionFunctions, functionSignature, functionSummaries, SIBLING_FUNCTIONS } from '@lockstep/engine';

/** The page about mapping expressions, with the functions as the engine has them. */
export function expressionPage(): string {
  const rows = expressionFunctions.map((one) => {
    const note = SIBLING_FUNCTIONS.has(one.name) ? ' Not in Entra’s reference for app provisioning.' : '';
    return `| \`${functionSignature(one).replaceAll('|', '\\|')}\` | ${functionSummaries[one.name] ?? ''}${note} |`;
  });
  return `${[OPENING, '## Functions', 'A `?` marks an argument that may be left blank, a `*` one that may be repeated.', ['| function | what |', '|---|---|', ...rows].join('\n'), SEMANTICS].join('\n\n')}\n`;
}

const OPENING = `# Mapping expressions

The language of Microsoft Entra's attribute mappings. \`lockstep expression run 'Join(" ", [givenName], [surname])' --input
person.json\` evaluates one without a server; \`lockstep expression functions\` lists the functions.

- \`[name]\` is a source attribute, \`"text"\` a text; in a text only \`\\"\` and \`\\\\\` are escapes. Numbers stand bare, \`&HFF\` is
  hexadecimal. \`True\` and \`False\` are the booleans.
- An argument left blank is *not given*, which differs from \`""\`.
- Names of functions are case-sensitive. An expression has at most 10,000 characters.
- A condition compares with \`=\`, \`<>\`, \`<\`, \`<=\`, \`>\` or \`>=\`. There is no AND and no OR: chain \`IIF\`.
- \`IgnoreAttributeFlow\` leaves the attribute out, \`IgnoreObjectFlow\` the whole object.
- Patterns are .NET regular expressions that run in linear time, with options \`(?imnsx)\`, named groups, Unicode categories and
  blocks. Look-around, back-references, atomic and balancing groups, conditionals, class subtraction and \`\\G\` are refused by
  name, as are more than 1,000 repetitions. \`\\b\` knows ASCII letters only.
- Upper and lower case map character by character, as in .NET: \`ß\` stays. Only Turkish and Azeri have letters of their own.
- An expression always sees the complete source object, not the attributes that changed.`;

const SEMANTICS = `## What Microsoft leaves open

Microsoft's pages are silent or contradict each other on some points. This is how they are settled here. An app has one of two
modes: \`expressionMode: entra\` (the default) or \`extended\`.

| point | \`entra\` | \`extended\` |
|---|---|---|
| \`Coalesce\` and an empty text | a value: only null is passed over | passed over, as in the SuccessFactors guide |
| \`NormalizeDiacritics\` and letters outside the table | stay | lose their marks, too (ễ is e, Ģ is G) |

In both modes:

| point | here |
|---|---|
| null as the first argument of a function over one text | null; \`Left\` gives an empty text, \`Len\` gives 0 |
| null as suffix, prefix, separator or compared text | an empty text |
| a list given to a function over one text | each value by itself; a function that needs one value takes a list of one |
| \`Mid\` with a start behind the end | an empty text; a start below 1 is an error |
| comparison of two numbers, also written as text | as numbers; everything else as text, with regard to case |
| \`<\`, \`>\` with an absent value | false |
| \`DateDiff\` | \`yyyy\`, \`m\` and \`ww\` count calendar borders (weeks start on Sunday), \`d\`, \`h\`, \`n\` and \`s\` are cut off |
| a date without a zone | UTC |
| \`InStr\` without a compare type | with regard to case |
| \`Split\` | parts lose the blanks at their ends |
| \`PCase\` | a straight apostrophe does not end a word |
| \`SelectUniqueValue\` | asks the app by a filter on the target; when all values are taken the object fails and is tried again |
| a value that cannot be made | the object fails with the call and its place; nothing of it is written |
| \`&\` and the functions of sibling engines | run; the checker says that Entra may refuse them |
| \`IIF\` with \`IsPresent\`, \`IsNullOrEmpty\` or \`""\`, \`Switch\` with \`IsPresent\` | run as written; the checker says that the reference advises against them |
| \`Redact\` | taints everything built from the value: logs, previews and mails show \`[Redact]\` |`;
