import { describe, expect, it } from 'vitest'
import { realS3Exceptions } from '../real-s3-exceptions.js'
import { targetName } from './s3-target.js'
import type { S3UnderTest } from './s3-under-test.js'

/** Runs one check, or what the server's exception makes of it. */
export type Check = (name: string, run: (s3: S3UnderTest) => Promise<void>) => void

/** The checks of one row of behaviour; `s3` is called once a check runs. */
export type ConformanceRow = (s3: () => S3UnderTest) => void

/** Every check by the name under which exceptions list it, once its row has run. */
export const checkNames = new Set<string>()

/** Names a row and its checks, and heeds the exceptions listed for the server under test. */
export function conformanceRow(row: string, define: (check: Check) => void): ConformanceRow {
  return (s3) =>
    describe(row, () => {
      define((name, run) => {
        checkNames.add(`${row}: ${name}`)
        const exception = realS3Exceptions[targetName]?.[`${row}: ${name}`]
        if (!exception) {
          it(name, () => run(s3()))
        } else if (exception.observed === undefined) {
          it(`${name} (not checked on ${targetName}: ${exception.reason})`, (context) =>
            context.skip(exception.reason))
        } else {
          const { observed } = exception
          it(`${name} (not so on ${targetName}: ${exception.reason})`, async () => {
            await expect(run(s3())).rejects.toThrow(observed)
          })
        }
      })
    })
}
