import type { LifecycleRule } from 's3-direct-upload/testing'
import { createTestS3 } from 's3-direct-upload/testing'
import { describe, expect, test } from 'vitest'
import { credentials, environment, runCli } from '../run-cli.js'

const env = environment('https://s3.example.com', { S3_PREFIX: 'uploads/' })
const unfinished = {
  ID: 'abort-unfinished-uploads',
  Status: 'Enabled',
  Filter: { Prefix: 'uploads/' },
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
}
const unclaimed = {
  ID: 'expire-unclaimed-uploads',
  Status: 'Enabled',
  Filter: {
    And: { Prefix: 'uploads/', Tags: [{ Key: 's3-direct-upload', Value: 'pending' }] },
  },
  Expiration: { Days: 8 },
}
const apply = ['lifecycle', '--apply', '--json']

/** A bucket, and what was sent to it. */
function bucketWith(lifecycle?: readonly LifecycleRule[]) {
  const s3 = createTestS3({ buckets: ['photos'], credentials, ...(lifecycle && { lifecycle }) })
  const methods: string[] = []
  const fetch = (request: Request) => {
    methods.push(request.method)
    return s3.fetch(request)
  }
  return { s3, methods, terminal: { env, fetch } }
}

/** A bucket whose storage knows every rule: it keeps the document as it is written. */
function storageWith(rules: string, headers: HeadersInit = {}) {
  const puts: { readonly body: string; readonly headers: Headers }[] = []
  const fetch = async (request: Request) => {
    if (request.method === 'PUT')
      puts.push({ body: await request.text(), headers: request.headers })
    const body = `<?xml version="1.0"?>\n<LifecycleConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${rules}</LifecycleConfiguration>`
    return new Response(request.method === 'PUT' ? null : body, { headers })
  }
  return { puts, terminal: { env, fetch } }
}

async function rulesOf(terminal: Parameters<typeof runCli>[1], ...more: readonly string[]) {
  const { exitCode, output, errors } = await runCli([...apply, ...more], terminal)
  return { exitCode, errors, ...JSON.parse(output) }
}

describe('lifecycle', () => {
  test('prints the rule and changes nothing', async () => {
    const { methods, terminal } = bucketWith()
    const { exitCode, output, errors } = await runCli(['lifecycle'], terminal)

    expect([exitCode, methods]).toEqual([0, ['GET']])
    expect(JSON.parse(output)).toEqual({ Rules: [unfinished] })
    expect(errors).toContain('aws s3api put-bucket-lifecycle-configuration --bucket photos ')
  })

  test('applies the rule, and then says that nothing changed', async () => {
    const { methods, terminal } = bucketWith()
    const first = await runCli(['lifecycle', '--apply'], terminal)
    const again = await runCli(['lifecycle', '--apply'], terminal)

    expect([first.exitCode, first.errors]).toEqual([0, 'The bucket photos has these rules now.'])
    expect(again.errors).toBe('The bucket photos has these rules already: nothing was changed.')
    expect(methods).toEqual(['GET', 'PUT', 'GET'])
  })

  test('expires what nobody claims where the handler tags uploads', async () => {
    const { terminal } = bucketWith()
    const { Rules } = await rulesOf(terminal, '--unclaimed', 'tag')
    const after = await rulesOf(terminal, '--unclaimed', 'tag')

    expect(Rules).toEqual([unfinished, unclaimed])
    expect(after).toMatchObject({ changed: false, Rules: [unfinished, unclaimed] })
  })

  test('has rules for the whole bucket without a prefix', async () => {
    const { terminal } = bucketWith()
    const { Rules } = await rulesOf(terminal, '--unclaimed', 'tag', '--prefix', '')

    expect(Rules).toMatchObject([
      { Filter: { Prefix: '' } },
      { Filter: { Tag: { Key: 's3-direct-upload', Value: 'pending' } } },
    ])
  })

  test('keeps the rules of other apps, whose names it does not take', async () => {
    const { terminal } = bucketWith()
    const other = { ...terminal, env: { ...env, S3_PREFIX: 'review-7/' } }
    await rulesOf(terminal)
    const { Rules } = await rulesOf(other)
    const again = await rulesOf(terminal)

    expect(Rules).toEqual([
      unfinished,
      { ...unfinished, ID: 'abort-unfinished-uploads-2', Filter: { Prefix: 'review-7/' } },
    ])
    expect(again).toMatchObject({ changed: false, Rules })
  })

  test('adds nothing where a rule of the bucket does it already', async () => {
    const whole = { status: 'Enabled', prefix: '', abortUploadsAfterDays: 30 } as const
    const { terminal } = bucketWith([whole])

    expect(await rulesOf(terminal)).toMatchObject({ changed: false, Rules: [{ Filter: {} }] })
  })

  test.each([
    ['about other keys', { status: 'Enabled', prefix: 'uploads/a/', abortUploadsAfterDays: 7 }],
    ['switched off', { status: 'Disabled', prefix: '', abortUploadsAfterDays: 7 }],
    ['about another thing', { status: 'Enabled', prefix: '', expireAfterDays: 7 }],
  ] as const)('adds its rule beside one that is %s', async (_, rule) => {
    const { terminal } = bucketWith([rule])
    const { changed, Rules } = await rulesOf(terminal)

    expect(changed).toBe(true)
    expect(Rules.slice(1)).toEqual([unfinished])
  })

  test('raises and switches on its own rule of an earlier run, and leaves a longer one', async () => {
    const own = { id: 'abort-unfinished-uploads', status: 'Enabled', prefix: 'uploads/' } as const
    const changes = [
      { abortUploadsAfterDays: 3 },
      { abortUploadsAfterDays: 9, status: 'Disabled' as const },
    ]
    for (const change of changes) {
      const { terminal } = bucketWith([{ ...own, ...change }])
      expect(await rulesOf(terminal)).toMatchObject({ exitCode: 0, Rules: [unfinished] })
    }
    const { terminal } = bucketWith([{ ...own, abortUploadsAfterDays: 30 }])

    expect(await rulesOf(terminal)).toMatchObject({ changed: false })
  })

  test('leaves a rule of others that comes too soon, and says so', async () => {
    const hasty = { id: 'tidy', status: 'Enabled', prefix: '', abortUploadsAfterDays: 1 } as const
    const { methods, terminal } = bucketWith([hasty])
    const { exitCode, errors } = await runCli(['lifecycle', '--apply'], terminal)

    expect([exitCode, methods]).toEqual([1, ['GET']])
    expect(errors).toContain('The rule "tidy" was left as it is')
    expect(errors).toContain('Raise it to 7 days or more.')
  })

  test('writes back everything that a rule of others can hold', async () => {
    const rules = `
      <Rule><ID>a &amp; b</ID><Filter><And><Prefix>logs/</Prefix>
        <ObjectSizeGreaterThan>500</ObjectSizeGreaterThan><ObjectSizeLessThan>64000</ObjectSizeLessThan>
        <Tag><Key>x</Key><Value>1</Value></Tag><Tag><Key>y</Key><Value>2</Value></Tag></And></Filter>
        <Status>Enabled</Status>
        <Transition><Days>30</Days><StorageClass>STANDARD_IA</StorageClass></Transition>
        <Transition><Days>90</Days><StorageClass>GLACIER</StorageClass></Transition>
        <Expiration><Days>365</Days></Expiration></Rule>
      <Rule><ID>versions</ID><Filter/><Status>Disabled</Status>
        <NoncurrentVersionTransition><NoncurrentDays>30</NoncurrentDays><StorageClass>GLACIER</StorageClass></NoncurrentVersionTransition>
        <NoncurrentVersionExpiration><NoncurrentDays>60</NoncurrentDays><NewerNoncurrentVersions>3</NewerNoncurrentVersions></NoncurrentVersionExpiration>
        <Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration></Rule>
      <Rule><ID>once</ID><Filter><ObjectSizeLessThan>10</ObjectSizeLessThan></Filter><Status>Enabled</Status>
        <Expiration><Date>2030-01-01T00:00:00.000Z</Date></Expiration></Rule>`
    const { puts, terminal } = storageWith(rules)
    const { exitCode } = await rulesOf(terminal)
    const texts = (xml: string) =>
      [...xml.matchAll(/<(\w+)>([^<]+)</g)].map(([text]) => text.trim())

    expect(exitCode).toBe(0)
    const written = puts[0]?.body.replace(/\s+</g, '<') ?? ''
    for (const text of texts(rules.replace(/\s+</g, '<'))) expect(written).toContain(text)
    expect(written.match(/<Rule>/g)).toHaveLength(4)
    expect(written.match(/<Transition>/g)).toHaveLength(2)
    expect(written).toContain('<Filter></Filter>')
    expect(puts[0]?.headers.get('content-md5')).not.toBeNull()
  })

  test('brings rules of the old form into the new one, which S3 takes no others beside', async () => {
    const old =
      '<Rule><ID>old</ID><Prefix>logs/</Prefix><Status>Enabled</Status><Expiration><Days>9</Days></Expiration></Rule>'
    const { puts, terminal } = storageWith(old)
    const { Rules } = await rulesOf(terminal)

    expect(Rules[0]).toMatchObject({ ID: 'old', Filter: { Prefix: 'logs/' } })
    expect(puts[0]?.body).toContain('<Filter><Prefix>logs/</Prefix></Filter>')
    expect(puts[0]?.body).not.toContain('</ID><Prefix>')
  })

  test('keeps the size from which on objects move to another storage class', async () => {
    const header = 'x-amz-transition-default-minimum-object-size'
    const rule =
      '<Rule><Filter/><Status>Enabled</Status><Expiration><Days>9</Days></Expiration></Rule>'
    const { puts, terminal } = storageWith(rule, { [header]: 'varies_by_storage_class' })
    await rulesOf(terminal)
    const { errors } = await runCli(['lifecycle'], terminal)

    expect(puts[0]?.headers.get(header)).toBe('varies_by_storage_class')
    expect(puts[0]?.headers.get('authorization')).toContain(header)
    expect(errors).toContain('--transition-default-minimum-object-size varies_by_storage_class')
  })

  test.each([
    ['a rule with more in it', '<Rule><Status>Enabled</Status><Vary>a</Vary></Rule>'],
    ['rules of another service', '<Rule><Action><Delete/></Action></Rule>'],
    ['something beside the rules', '<Other/>'],
    [
      'an action twice',
      '<Rule><Expiration><Days>1</Days></Expiration><Expiration><Days>2</Days></Expiration></Rule>',
    ],
  ])('does not replace rules where it reads %s', async (_, rules) => {
    const { puts, terminal } = storageWith(rules)
    const { exitCode, errors } = await runCli(['lifecycle', '--apply'], terminal)

    expect([exitCode, puts]).toEqual([1, []])
    expect(errors).toContain('something that this version does not know')
  })

  test.each([
    ['GetBucketLifecycleConfiguration', 's3:GetLifecycleConfiguration'],
    ['PutBucketLifecycleConfiguration', 's3:PutLifecycleConfiguration'],
  ] as const)('names the permission that %s takes', async (operation, permission) => {
    const { s3, terminal } = bucketWith()
    s3.fault({ operation, effect: { kind: 'refuse', code: 'AccessDenied' } })
    const { exitCode, errors } = await runCli(['lifecycle', '--apply'], terminal)

    expect(exitCode).toBe(1)
    expect(errors).toContain(permission)
  })

  test('puts right what the doctor finds', async () => {
    const { s3, terminal } = bucketWith()
    const args = ['doctor', '--origin', 'https://app.example.com', '--unclaimed', 'tag', '--json']
    const ids = async () => {
      const { output } = await runCli(args, { env, fetch: s3.fetch })
      return JSON.parse(output).findings.map(({ id }: { id: string }) => id)
    }
    const before = await ids()
    await rulesOf(terminal, '--unclaimed', 'tag')

    expect(before).toContain('lifecycle')
    expect(await ids()).not.toContain('lifecycle')
  })
})
