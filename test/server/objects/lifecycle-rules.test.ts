import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import { resolveOptions } from '../../../src/server/config/signing-config.js'
import { lifecycleRules } from '../../../src/server/objects/lifecycle-rules.js'
import { repositoryPath } from '../../support/repository-path.js'
import { options } from '../handler-setup.js'

const defaults = resolveOptions(options, systemRuntime)
const [unfinished] = lifecycleRules(defaults)

describe('lifecycleRules', () => {
  it('removes unfinished uploads a day after their tokens, and keeps every object', () => {
    expect(lifecycleRules(defaults)).toEqual([
      {
        ID: 'abort-unfinished-uploads',
        Status: 'Enabled',
        Filter: { Prefix: 'files/' },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      },
    ])
  })

  it('expires objects that nobody claims a day after their receipts', () => {
    expect(lifecycleRules({ ...defaults, unclaimed: 'tag' })).toEqual([
      unfinished,
      {
        ID: 'expire-unclaimed-uploads',
        Status: 'Enabled',
        Filter: {
          And: { Prefix: 'files/', Tags: [{ Key: 's3-direct-upload', Value: 'pending' }] },
        },
        Expiration: { Days: 8 },
      },
    ])
  })

  it('are what docs/security.md shows for the prefix uploads/', async () => {
    const document = await readFile(repositoryPath('docs/security.md'), 'utf8')
    const fences = [...document.matchAll(/^```json\n(.*?)^```$/gms)].map(([, json = '']) => json)
    const shown = fences.map((json) => JSON.parse(json).Rules).filter(Boolean)
    const facts = { ...defaults, prefix: 'uploads/' }

    expect(shown).toContainEqual(lifecycleRules(facts))
    expect(shown).toContainEqual(lifecycleRules({ ...facts, unclaimed: 'tag' }))
  })

  it('needs no prefix', () => {
    const [, expiration] = lifecycleRules({ ...defaults, prefix: '', unclaimed: 'tag' })

    expect(expiration?.Filter).toEqual({ Tag: { Key: 's3-direct-upload', Value: 'pending' } })
  })

  it('waits for longer lives', () => {
    const lives = { tokenLifetimeSeconds: 864_000, receiptLifetimeSeconds: 100_000 }
    const [, expiration] = lifecycleRules({ ...defaults, ...lives, unclaimed: 'tag' })

    expect(expiration?.Expiration).toEqual({ Days: 13 })
  })
})
