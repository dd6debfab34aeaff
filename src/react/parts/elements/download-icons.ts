/** The lines of the icons of a download, by what it does. */
export const downloadPaths = {
  download: 'M12 4.5v11M7.5 11 12 15.5 16.5 11M4.5 15.5v2a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2v-2',
  open: 'M13.5 5H19v5.5M19 5l-8 8M10 5.5H7a2 2 0 0 0-2 2V17a2 2 0 0 0 2 2h9.5a2 2 0 0 0 2-2v-3',
  wait: 'M12 4.5a7.5 7.5 0 1 0 7.5 7.5',
}
