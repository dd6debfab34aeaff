import Uppy from '@uppy/core'
import { describe, expect, it } from 'vitest'
import { S3DirectUpload } from '../../src/uppy/index.js'

/** Creates the plugin as an app without TypeScript does. */
function createWith(options: object): () => unknown {
  return () => new S3DirectUpload(new Uppy(), { endpoint: '/api/s3', ...options })
}

describe('an option that there is not', () => {
  it.each([
    ['concurency', 'do you mean concurrency?'],
    ['onUnauthorised', 'do you mean onUnauthorized?'],
    ['AutoUpload', 'do you mean autoUpload?'],
    ['header', 'do you mean headers?'],
    ['limit', 'do you mean concurrency?'],
    ['companionUrl', 'do you mean endpoint?'],
    ['getChunkSize', 'docs/uppy.md'],
    ['colour', 'docs/uppy.md'],
    ['constructor', 'docs/uppy.md'],
  ])('such as %s is refused, with what may have been meant', (name, advice) => {
    expect(createWith({ [name]: 4 })).toThrow(TypeError)
    expect(createWith({ [name]: 4 })).toThrow(`- ${name}: `)
    expect(createWith({ [name]: 4 })).toThrow(advice)
  })

  it('is named with all others at once', () => {
    expect(createWith({ limit: 4, colour: 'red' })).toThrow(/- limit: .*\n- colour: /)
  })

  it('and has no value is none', () => {
    expect(createWith({ limit: undefined })).not.toThrow()
  })
})

it('every option there is is taken', () => {
  const options = {
    id: 'uploads',
    locale: {},
    headers: {},
    credentials: 'include',
    onUnauthorized: () => {},
    autoUpload: true,
    concurrency: 2,
    transport: { send: () => new Promise(() => {}) },
    checksum: false,
    resume: false,
    warnOnLeave: true,
    retryBudgetSeconds: 60,
  }

  expect(createWith(options)).not.toThrow()
})

it('options that Uppy passes on to all its plugins are none of this one', () => {
  const uppy = new Uppy().use(S3DirectUpload, { endpoint: '/api/s3' })

  expect(() =>
    uppy.setOptions({ locale: { strings: {} }, restrictions: { maxNumberOfFiles: 3 } }),
  ).not.toThrow()
})
