import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ConsumerApp, installConsumer, olderNodes, packPackage } from './consumer-app.js'
import { uploadThroughPage } from './upload-through-page.js'

let tarball: string
const content = `A line of this file.\n`.repeat(10_000)

beforeAll(async () => {
  tarball = await packPackage()
})

afterAll(async () => {
  await rm(dirname(tarball), { recursive: true })
})

describe.each(['react-18', 'react-19'])('an app with %s', (consumer) => {
  let app: ConsumerApp

  beforeAll(async () => {
    app = await installConsumer(consumer, tarball)
  })

  afterAll(async () => {
    await app.remove()
  })

  test('compiles against the declarations', () => {
    expect(app.typecheck()).toBe('')
  })

  test('builds and uploads a file, and the browser has nothing to complain about', async () => {
    app.build()
    const server = await app.serve()

    const result = await uploadThroughPage(server, content).finally(server.stop)

    expect(result).toEqual({ stored: content, complaints: [] })
  })

  // Users' servers are older than the tools of this repository.
  test.skipIf(olderNodes.length === 0)('finds its server side on Node 20', () => {
    const subpaths = ['server', 'server/node', 'testing', 'testing/node']
    const printed = olderNodes.flatMap(({ program }) =>
      subpaths.map((subpath) => app.importWith(program, `s3-direct-upload/${subpath}`)),
    )

    expect(printed.filter((line) => !/^imported [1-9]/.test(line))).toEqual([])
  })
})
