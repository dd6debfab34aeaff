import { createDriver } from '../driver.js'

const driver = createDriver({ endpoint: '/api/s3' })
const input = document.querySelector('input')
input?.addEventListener('change', () => {
  driver.add([...(input.files ?? [])])
  // So that the same file can be picked once more.
  input.value = ''
})
Object.assign(window, { driver })
