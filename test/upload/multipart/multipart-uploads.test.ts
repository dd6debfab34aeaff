// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { MultipartState } from '../../../src/upload/multipart/multipart-state.js'
import { MultipartUploads } from '../../../src/upload/multipart/multipart-uploads.js'
import { createSite, fileOf, mebibyte, openPage } from '../../support/engine.js'

const settle = (ms = 50) => new Promise((resolve) => setTimeout(resolve, ms))

describe('three large files that hang before they are begun (a dead network drive)', () => {
  const hanging = {
    resume: (record: { readonly id: string }) =>
      record.id.startsWith('dead') ? new Promise<undefined>(() => {}) : Promise.resolve(undefined),
    reserve: () => ({ markDiscarded() {}, markWanted() {}, forget() {}, release() {} }),
    interrupted: async () => [],
    claim: async () => undefined,
    claimStale: async () => [],
  }

  it('keep no other large file from its turn once they are removed', async () => {
    const site = createSite()
    const page = openPage(site, { resumption: hanging })
    const dead = fileOf(33 * mebibyte)
    for (const id of ['dead1', 'dead2', 'dead3']) {
      page.add(dead, { id })
      void page.engine.upload(id)
    }
    page.add(dead, { id: 'alive' })
    const uploading = page.engine.upload('alive').then(() => 'ended')
    await settle(100)
    for (const id of ['dead1', 'dead2', 'dead3']) {
      page.engine.cancel(id)
      page.store.remove([id])
    }
    expect(await Promise.race([uploading, settle(5000).then(() => 'hangs')])).toBe('ended')
  })
})

describe('the registry of multipart uploads', () => {
  const file = { uploadId: 'u' }

  /** A registry, the tokens it has aborted, and what it has told the reservation of its upload. */
  function setUp({ isGone = true } = {}) {
    const aborted: string[] = []
    const told: string[] = []
    const abort = async (token: string) => {
      aborted.push(token)
      return isGone
    }
    const facts = { token: 't', key: 'k', partSizeBytes: 5, partCount: 2 }
    const multipart = {
      upload: new MultipartState({ ...facts, checksumAlgorithm: undefined }, { size: 10 }),
      reservation: {
        markDiscarded: () => void told.push('discarded'),
        markWanted: () => void told.push('wanted'),
        forget: () => void told.push('forgotten'),
        release: () => void told.push('released'),
      },
    }
    const none = async () => undefined
    return { multiparts: new MultipartUploads({ abort }), multipart, aborted, told, none }
  }

  it('looks for what an earlier page has left once, and not at all for what it knows', async () => {
    const { multiparts, multipart, none } = setUp()
    let asked = 0
    const resume = async () => {
      asked += 1
      await settle(1)
      return multipart
    }

    const found = await Promise.all([multiparts.find(file, resume), multiparts.find(file, resume)])

    expect(found).toEqual([multipart.upload, multipart.upload])
    expect(await multiparts.find(file, resume)).toBe(multipart.upload)
    expect(asked).toBe(1)
    expect(await multiparts.find({ uploadId: 'other' }, none)).toBeUndefined()
  })

  it('asks again after what it looked with has failed', async () => {
    const { multiparts, multipart } = setUp()
    const resume = () => Promise.reject(new Error('No code.'))

    await expect(multiparts.find(file, resume)).rejects.toThrow('No code.')

    expect(await multiparts.find(file, async () => multipart)).toBe(multipart.upload)
  })

  it.each([
    ['forgets', true, ['discarded', 'forgotten']],
    ['leaves to another page', false, ['discarded', 'released']],
  ])('%s what is aborted when S3 says that it is gone: %s', async (_, isGone, expected) => {
    const { multiparts, multipart, aborted, told, none } = setUp({ isGone })
    multiparts.take(file, multipart)

    await multiparts.abort(file)

    expect(aborted).toEqual(['t'])
    expect(told).toEqual(expected)
    expect(await multiparts.find(file, none)).toBeUndefined()
  })

  it('aborts nothing that the work on a cancelled file has completed', async () => {
    const { multiparts, multipart, aborted, told } = setUp()
    multiparts.take(file, multipart)

    await multiparts.abort(file, Promise.resolve({ confirmedToken: 't' }))

    expect(aborted).toEqual([])
    expect(told).toEqual(['discarded', 'forgotten'])
  })

  it('aborts what another attempt of a cancelled file has overtaken', async () => {
    const { multiparts, multipart, aborted } = setUp()
    multiparts.take(file, multipart)

    await multiparts.abort(file, Promise.resolve({ confirmedToken: 'post' }))

    expect(aborted).toEqual(['t'])
  })

  it.each([
    ['forgets its upload', 't', [], ['forgotten']],
    [
      'has it aborted where another attempt has brought the file',
      'post',
      ['t'],
      ['discarded', 'forgotten'],
    ],
  ])('when a file is complete, %s', async (_, token, abortedTokens, expected) => {
    const { multiparts, multipart, aborted, told, none } = setUp()
    multiparts.take(file, multipart)

    await multiparts.complete(file, token)

    expect(aborted).toEqual(abortedTokens)
    expect(told).toEqual(expected)
    expect(await multiparts.find(file, none)).toBeUndefined()
  })

  it('aborts what is found after the file was cancelled', async () => {
    const { multiparts, multipart, aborted } = setUp()
    const finding = multiparts.find(file, async () => {
      await settle(5)
      return multipart
    })

    await multiparts.abort(file)

    expect(await finding).toBe(multipart.upload)
    expect(aborted).toEqual(['t'])
  })

  it('leaves all to another page, what comes later too', () => {
    const { multiparts, multipart, told } = setUp()
    multiparts.take(file, multipart)

    multiparts.release()
    multiparts.take(file, multipart)

    expect(told).toEqual(['released', 'released'])
  })

  it('tells nobody of an upload that another page continues', async () => {
    const { multiparts, multipart, aborted, told } = setUp()
    multiparts.take(file, multipart)

    multiparts.leave(file)
    await multiparts.abort(file)

    expect([aborted, told]).toEqual([[], []])
  })
})
