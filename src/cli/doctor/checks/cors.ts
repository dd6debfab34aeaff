import { findCorsRule } from '../../../testing/s3/operations/cors.js'
import { type FoundRules, readRules, rulesLine } from '../../bucket/bucket-rules.js'
import { bucketCors } from '../../cors/bucket-cors.js'
import { type BucketCorsRule, maxAgeSeconds, mergeCorsRules } from '../../cors/cors-rule.js'
import type { Doctor, DoctorCheck } from '../examination/doctor.js'
import type { Finding, Fix } from '../examination/finding.js'
import { foreignAnswerFinding } from '../examination/foreign-answer-finding.js'
import { askPreflight, type PreflightAnswer } from '../examination/preflight.js'

/** What a page sends with a PUT; a form post has none that a preflight asks for. */
const putHeaders = [
  'content-disposition',
  'content-type',
  'if-none-match',
  'x-amz-checksum-sha256',
  'x-amz-sdk-checksum-algorithm',
]
const otherMethods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE']
const minMaxAgeSeconds = 600

/** Asks what a browser asks before it sends a file, from the app's origin. */
export const corsCheck: DoctorCheck = {
  name: 'cors',
  title: "CORS: the app's origin may POST and PUT with the headers that uploads carry",
  async run(doctor) {
    const wanted = [
      ...(doctor.method === 'POST' ? [{ method: 'POST', headers: [] }] : []),
      { method: 'PUT', headers: putHeaders },
    ]
    const refusals: typeof wanted = []
    const ages: PreflightAnswer['maxAgeSeconds'][] = []
    for (const question of wanted) {
      const { isAllowed, maxAgeSeconds: age, foreign } = await ask(doctor, question)
      if (foreign) return { findings: [foreignAnswerFinding(foreign, 'a preflight', doctor)] }
      if (isAllowed) ages.push(age)
      else refusals.push(question)
    }
    const problem = refusals.length > 0 ? await diagnose(refusals, doctor) : shortAge(ages)
    if (!problem) return {}
    const existing = await readRules(doctor.bucket, bucketCors)
    const areAllowed = (questions: readonly Question[]) =>
      questions.every((question) => isAllowedBy(existing.rules, question, doctor))
    if (refusals.length > 0 && areAllowed(refusals)) return { findings: [ignoredRules(doctor)] }
    return { findings: [{ ...problem, fix: corsFix(doctor, existing) }] }
  },
}

interface Question {
  readonly method: string
  readonly headers: readonly string[]
}

function ask({ pages, origin, folder }: Doctor, question: Question): Promise<PreflightAnswer> {
  const url = question.method === 'POST' ? pages.url() : pages.url(`${folder}preflight`)
  return askPreflight(pages, { url, origin, ...question })
}

/** Finds out by asking for less which part of a question was refused. */
async function diagnose(
  refusals: readonly Question[],
  doctor: Doctor,
): Promise<Omit<Finding, 'fix'>> {
  const { origin } = doctor
  const allows = async (method: string, headers: readonly string[] = []) =>
    (await ask(doctor, { method, headers })).isAllowed
  const methods: string[] = []
  const names: string[] = []
  for (const { method, headers } of refusals) {
    if (!(await allows(method))) methods.push(method)
    else for (const name of headers) if (!(await allows(method, [name]))) names.push(name)
  }
  const reason = 'Browsers then send nothing, and the page sees no more than a network error.'
  if (methods.length === 0) {
    const list = names.length > 0 ? names.join(', ') : 'all of its headers at once'
    const problem = `The bucket's CORS rules let ${origin} send PUT, but not with ${list}.`
    return { id: 'cors-header', problem, reason }
  }
  for (const method of otherMethods) {
    if (methods.includes(method) || !(await allows(method))) continue
    const problem = `The bucket's CORS rules know ${origin}, but not for ${methods.join(' and ')}.`
    return { id: 'cors-method', problem, reason }
  }
  return { id: 'cors-origin', problem: `No CORS rule of the bucket is for ${origin}.`, reason }
}

function shortAge(ages: readonly PreflightAnswer['maxAgeSeconds'][]) {
  const shortest = Math.min(...ages.map((age) => age ?? 0))
  if (shortest >= minMaxAgeSeconds) return undefined
  const words = shortest === 0 ? 'is not set' : `is ${shortest}`
  return {
    id: 'cors-max-age',
    problem: `MaxAgeSeconds of the bucket's CORS rule ${words}; it should be ${maxAgeSeconds}.`,
    reason:
      'Browsers forget the answer to a preflight after so many seconds (five where nothing is said), and ask again before each file.',
  }
}

function isAllowedBy(
  rules: readonly BucketCorsRule[],
  question: Question,
  { origin }: Doctor,
): boolean {
  const known = rules.map((rule) => ({
    allowedOrigins: rule.AllowedOrigins,
    allowedMethods: rule.AllowedMethods,
    allowedHeaders: rule.AllowedHeaders ?? [],
  }))
  return findCorsRule(known, { ...question, origin }) !== undefined
}

function ignoredRules({ origin }: Doctor): Finding {
  return {
    id: 'cors-ignored',
    problem: `The bucket has a CORS rule for ${origin}, but preflights are not answered by it.`,
    reason: 'Browsers then send nothing, and the page sees no more than a network error.',
    fix: {
      text: 'If the rule is new, wait half a minute. Else look for a proxy or a CDN that answers OPTIONS itself, or takes the Access-Control headers away.',
    },
  }
}

function corsFix(
  { bucket, config, origin }: Doctor,
  { rules: existing, refused }: FoundRules<readonly BucketCorsRule[]>,
): Fix {
  const rules = mergeCorsRules(existing, [origin])
  const warning = refused
    ? ' The rules that the bucket has could not be read and are not among them, so add yours.'
    : ''
  const delay = config.endpoint?.includes('.r2.cloudflarestorage.com')
    ? ' R2 needs up to half a minute to heed them.'
    : ''
  return {
    text: `Put these CORS rules on the bucket, with the line below or with: s3-direct-upload cors --origin ${origin} --apply.${warning}${delay}`,
    json: bucketCors.toJson(rules),
    command: rulesLine(bucket, bucketCors, rules),
  }
}
