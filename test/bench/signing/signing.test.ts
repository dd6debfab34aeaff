import { expect, it } from 'vitest'
import { createAwsSdk } from '../../../bench/signing/aws-sdk.js'
import { createAws4fetch } from '../../../bench/signing/aws4fetch.js'
import { checkContestant } from '../../../bench/signing/check-contestant.js'
import {
  batchSize,
  type Signed,
  type SigningContestant,
} from '../../../bench/signing/contestant.js'
import { createOurs } from '../../../bench/signing/ours.js'
import { runTurns } from '../../../bench/signing/run-turns.js'
import { formatSigningTable, summarizeTurns } from '../../../bench/signing/signing-result.js'
import { createStage } from '../../../bench/signing/stage.js'

const stage = await createStage()
const contestants = [...createOurs(stage), ...createAwsSdk(stage), ...createAws4fetch(stage)]
const [ours] = createOurs(stage)

/** Somebody who signs what `ours` does, changed. */
function createChanged(change: (batch: readonly Signed[]) => readonly Signed[]): SigningContestant {
  return {
    task: 'post-policy',
    subject: 'aws-sdk',
    async signBatch() {
      const read = await ours?.signBatch()
      return async () => change((await read?.()) ?? [])
    },
  }
}

it.each(contestants)('S3 accepts the $task of $subject', async (contestant) => {
  await expect(checkContestant(contestant, stage.s3)).resolves.toBeUndefined()
})

it('lets nobody run whose signatures S3 refuses', async () => {
  const unsigned = createChanged((batch) => batch.map(({ url }) => ({ url, fields: { key: 'a' } })))

  await expect(checkContestant(unsigned, stage.s3)).rejects.toThrow(
    'S3 refused the post-policy of aws-sdk: ',
  )
})

it('lets nobody run who signs less than a batch', async () => {
  const lazy = createChanged((batch) => batch.slice(1))

  await expect(checkContestant(lazy, stage.s3)).rejects.toThrow(
    `aws-sdk made ${batchSize - 1} of post-policy, not ${batchSize}.`,
  )
})

it('gives everybody a turn in every round, each round beginning with another', async () => {
  const asked: string[] = []
  const rivals = (['ours', 'aws-sdk'] as const).map((subject) => ({
    task: 'part-url' as const,
    subject,
    async signBatch() {
      asked.push(subject)
      return async () => []
    },
  }))

  const turns = await runTurns(rivals, { rounds: 2, turnMs: 0 })

  const warmUp = ['ours', 'aws-sdk']
  expect(asked).toEqual([...warmUp, 'ours', 'aws-sdk', 'aws-sdk', 'ours'])
  expect(turns.map(({ perSecond }) => perSecond.length)).toEqual([2, 2])
})

it('compares medians with those of this package in the same task', () => {
  const results = summarizeTurns([
    { contestant: { task: 'post-policy', subject: 'ours' }, perSecond: [900, 4000, 1000] },
    { contestant: { task: 'post-policy', subject: 'aws-sdk' }, perSecond: [750.4] },
    { contestant: { task: 'part-url', subject: 'ours' }, perSecond: [2000] },
    { contestant: { task: 'part-url', subject: 'aws4fetch' }, perSecond: [3000] },
  ])

  expect(results.map(({ perSecond, ratioToOurs }) => [perSecond, ratioToOurs])).toEqual([
    [1000, 1],
    [750, 0.75],
    [2000, 1],
    [3000, 1.5],
  ])
  expect(formatSigningTable(results)).toContain('| post-policy | aws-sdk   | 750        | 0.75   |')
})
