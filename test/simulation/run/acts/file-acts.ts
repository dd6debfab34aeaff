import { checkDownload } from '../../checks/download.js'
import { movedEndpointUrl } from '../../world/page-questions.js'
import type { Acts } from './act.js'

/** What a user does with files that are listed. */
export const fileActs: Acts<
  | 'pause'
  | 'pause-all'
  | 'cancel'
  | 'cancel-all'
  | 'add-again'
  | 'retry'
  | 'change-options'
  | 'move-endpoint'
  | 'change-file'
  | 'download'
> = {
  pause({ user, durations, tab, event: { file = '', forMs = 0 } }) {
    user.inTab(tab, () => tab.setPaused(file, true))
    durations.later(forMs, () => user.inEveryTab((each) => each.setPaused(file, false)))
  },
  'pause-all'({ user, durations, tab, event: { forMs = 0 } }) {
    user.inTab(tab, () => tab.uppy.pauseAll())
    durations.later(forMs, () => user.inEveryTab((each) => each.uppy.resumeAll()))
  },
  cancel({ user, tab, event: { file = '' } }) {
    user.cancelled.add(file)
    user.inTab(tab, () => tab.remove(file))
  },
  'cancel-all'({ user, tab }) {
    for (const { name } of tab.look()) user.cancelled.add(name)
    user.inTab(tab, () => tab.cancelAll())
  },
  'add-again'({ user, tab, event: { file = '' } }) {
    user.cancelled.delete(file)
    user.inTab(tab, () => {
      tab.remove(file)
      user.choose(tab, [file])
    })
  },
  retry({ user, tab, event: { file = '' } }) {
    user.inTab(tab, () => tab.retry(file))
  },
  'change-options'({ world: { clock }, user, tab }) {
    const headers = { 'x-changed': String(Math.floor(clock.now)) }
    user.inTab(tab, () => tab.plugin.setOptions({ headers }))
  },
  'move-endpoint'({ world, user }) {
    world.endpointUrl = movedEndpointUrl
    user.inEveryTab(({ plugin }) => plugin.setOptions({ endpoint: movedEndpointUrl }))
  },
  download({ world, user, tab }) {
    const key = [...user.completed.keys()].at(-1)
    if (key !== undefined) user.inTab(tab, () => void checkDownload({ world, user, tab }, key))
  },
  'change-file'({ user, event: { file = '', ...how } }) {
    user.changeFile(file, how)
  },
}
