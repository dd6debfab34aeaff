import type { IconName } from '../../base/part-names.js'
import { downloadPaths } from './download-icons.js'

const frame = 'M6 5h12a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z'
const alert = 'M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0M12 7.75v5M12 16.1v.15'

/** The lines of the icons; those of a file of another kind are a page. */
export const iconPaths: { readonly [Name in IconName]?: string } & { readonly other: string } = {
  upload: 'M12 15.5V4.5M7.5 9 12 4.5 16.5 9M4.5 15.5v2a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2v-2',
  download: downloadPaths.download,
  add: 'M12 5.5v13M5.5 12h13',
  check: 'm5.5 12.5 4.2 4.2 8.8-9.2',
  error: alert,
  offline: alert,
  remove: 'm7 7 10 10M17 7 7 17',
  pause: 'M9 6.5v11M15 6.5v11',
  resume: 'M8.5 6v12l9.5-6z',
  retry: 'M19 12a7 7 0 1 1-2.2-5.1L19 9M19 4.5V9h-4.5',
  other:
    'M13.5 4H8a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h8a2 2 0 0 0 2-2V8.5zM13.5 4v4.5H18M9.5 13h5M9.5 16h3',
  image: `${frame}M7.6 10a1.4 1.4 0 1 0 2.8 0a1.4 1.4 0 1 0-2.8 0m-3.1 7 4.3-3.8 2.9 2.5 4-4.2 3.8 3.6`,
  video: `${frame}M10.25 9.25l4.75 2.75-4.75 2.75z`,
  audio:
    'M9.5 17.25V6.75L18 5v10.25m-13 2a2.25 2.25 0 1 0 4.5 0a2.25 2.25 0 1 0-4.5 0m8.5-2a2.25 2.25 0 1 0 4.5 0a2.25 2.25 0 1 0-4.5 0',
}
