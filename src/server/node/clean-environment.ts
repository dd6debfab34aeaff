/** Variables of an environment by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/** No blanks and no quotation marks: visible characters of ASCII, as keys and names consist of. */
const plainText = /^[!#-&(-~]+$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
export const controlCharacter = /[\u0000-\u001f\u007f]/
const quotedText = /^(["'])((?:(?!\1).)*)\1$/s
/** Written by scripts and templates whose own variable has no value. */
const missingValue = /^(?:undefined|null)$/

/**
 * Takes off what `echo`, files with CRLF and `docker --env-file` leave around values: blanks, line ends, and quotation
 * marks at both ends. A variable of blanks alone is empty then, and counts as not set.
 */
export function cleanEnvironment(env: Environment): Environment {
  const entries = Object.entries(env)
  return Object.fromEntries(entries.map(([name, value = '']) => [name, cleanValue(value)]))
}

/** Lists the variables whose values cannot be what was meant; a secret is not repeated. */
export function unusableVariables(
  env: Environment,
  { plain, text }: { readonly plain: readonly string[]; readonly text: readonly string[] },
): string[] {
  const isUnusual = (name: string) => Boolean(env[name]) && !plainText.test(env[name] ?? '')
  return [
    ...[...plain, ...text]
      .filter((name) => missingValue.test(env[name] ?? ''))
      .map(
        (name) =>
          `${name}: is the text "${env[name]}", so whatever sets it found no value. Set it, or leave it out.`,
      ),
    ...plain
      .filter(isUnusual)
      .map(
        (name) =>
          `${name}: is more than one word of visible ASCII. Write the value alone, without blanks and quotation marks.`,
      ),
    ...text
      .filter((name) => controlCharacter.test(env[name] ?? ''))
      .map(
        (name) =>
          `${name}: is more than one line, or has a control character. Write it on one line.`,
      ),
  ]
}

/** Takes off blanks at both ends, and the quotation marks around the whole: none of those that each stand around a part. */
export function cleanValue(value: string): string {
  const trimmed = value.trim()
  return (quotedText.exec(trimmed)?.[2] ?? trimmed).trim()
}
