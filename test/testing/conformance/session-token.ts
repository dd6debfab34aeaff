import { expect } from 'vitest'
import { conformanceRow } from './conformance-row.js'
import { formRequest } from './post-form.js'
import type { TargetCredentials } from './s3-target.js'
import type { S3UnderTest } from './s3-under-test.js'

export const sessionToken = conformanceRow('session token', (check) => {
  check('accepts temporary credentials in header, query and form', async (s3) => {
    expect(await outcomes(s3, temporary(s3))).toEqual({ header: '200', query: '200', form: '204' })
  })

  check('refuses another token', async (s3) => {
    const credentials = { ...temporary(s3), sessionToken: 'another' }

    expect(await outcomes(s3, credentials)).toEqual(all('400 InvalidToken'))
  })

  check('refuses temporary credentials without their token', async (s3) => {
    const { sessionToken: _, ...credentials } = temporary(s3)

    expect(await outcomes(s3, credentials)).toEqual(all('400 InvalidToken'))
  })

  check('refuses a token with credentials that have none', async (s3) => {
    const credentials = { ...s3.target.credentials, sessionToken: 'made up' }

    expect(await outcomes(s3, credentials)).toEqual(all('400 InvalidToken'))
  })

  check('refuses credentials that have ended', async (s3) => {
    const { expired } = s3.target
    if (!expired) throw new Error('The target has no expired credentials.')

    expect(await outcomes(s3, expired)).toEqual(all('400 ExpiredToken'))
  })
})

function temporary({ target }: S3UnderTest): TargetCredentials {
  if (target.temporary) return target.temporary
  throw new Error('The target has no temporary credentials.')
}

function all(outcome: string) {
  return { header: outcome, query: outcome, form: outcome }
}

/** What a PUT, a presigned PUT and a form post with these credentials come to. */
async function outcomes(s3: S3UnderTest, credentials: TargetCredentials) {
  const put = { method: 'PUT', url: s3.url(s3.newKey()), body: 'hello' }
  const fields = s3.signForm({ key: s3.newKey() }, { credentials })
  const form = formRequest(s3.bucketUrl, fields, { content: 'hello' })
  return {
    header: (await s3.sendSigned(put, { credentials })).outcome,
    query: (await s3.sendPresigned(put, { credentials })).outcome,
    form: (await s3.send(form)).outcome,
  }
}
