import { describe, expect, it, vi } from 'vitest'
import { type Runtime, systemRuntime } from '../../src/async/runtime.js'
import { setUpLate, textFile } from './late-set-up.js'

const impatient: Runtime = { ...systemRuntime, sleep: async () => {} }

/** Lets happen what the plugin does in tasks of their own. */
async function takeTasks(): Promise<void> {
  for (let count = 0; count < 40; count += 1) await systemRuntime.nextTask()
}

describe('files that a user starts before the code is there', () => {
  it('are told as complete once where the plugin starts them', async () => {
    const { code, uppy, plugin, choose } = setUpLate({ autoUpload: false })
    const told: (number | undefined)[] = []
    uppy.on('complete', ({ successful }) => told.push(successful?.length))
    choose(textFile('a.txt'), textFile('b.txt'))

    const upload = plugin.uploadNew()
    code.arrive()
    await upload
    await takeTasks()

    expect(told).toEqual([2])
  })

  it('are ready again when Uppy refuses to start them', async () => {
    const { code, plugin, statuses, choose } = setUpLate({
      autoUpload: false,
      uppyOptions: { restrictions: { requiredMetaFields: ['album'] } },
    })
    choose(textFile('a.txt'))

    const upload = plugin.uploadNew()
    code.arrive()
    await expect(upload).rejects.toThrow()
    await takeTasks()

    expect(statuses()).toEqual(['ready'])
  })

  it('do not start those chosen after all was cancelled', async () => {
    const { code, endpoint, uppy, statuses, choose } = setUpLate({ autoUpload: false })
    choose(textFile('a.txt'))
    const upload = uppy.upload()

    uppy.cancelAll()
    choose(textFile('b.txt'))
    code.arrive()
    await upload
    await takeTasks()

    expect(statuses()).toEqual(['ready'])
    expect(endpoint.sent).toEqual([])
  })

  it('are all uploaded though another is chosen while Uppy is given them', async () => {
    const { code, plugin, uploads, choose } = setUpLate({ autoUpload: false })
    let now = 0
    // Twenty in a task.
    vi.spyOn(performance, 'now').mockImplementation(() => {
      now += 10
      return now
    })
    choose(...Array.from({ length: 60 }, (_, index) => textFile(`${index}.txt`)))

    const upload = plugin.uploadNew()
    code.arrive()
    await plugin.prepare()
    plugin.addFiles([{ file: textFile('later.txt') }])
    await upload

    await vi.waitFor(
      () => expect(uploads.summary.counts).toMatchObject({ complete: 60, ready: 1 }),
      { timeout: 10_000 },
    )
  })
})

it('a file that failed for lack of the code and is chosen again keeps its row', async () => {
  const { code, endpoint, plugin, uploads, choose, whenComplete } = setUpLate({
    runtime: impatient,
  })
  const file = textFile('a.txt')
  const ids = choose(file)
  code.fail()
  await plugin.prepare()

  code.hold()
  choose(file)
  expect(uploads.ids).toEqual(ids)
  code.arrive()
  await whenComplete(1)

  expect(endpoint.sent).toHaveLength(1)
})

it('a file whose code is on its way fails when the plugin is removed', () => {
  const { uppy, plugin, uploads, choose } = setUpLate()
  const [id = ''] = choose(textFile('a.txt'))

  uppy.removePlugin(plugin)

  // Not for lack of the code: nobody waits for it any more.
  expect(uploads.get(id)).toMatchObject({ status: 'failed', error: { code: 'cancelled' } })
})
