import { createDriver } from '../driver.js'
import type { ScenarioOptions } from '../scenario.js'

const options: ScenarioOptions = JSON.parse(
  new URLSearchParams(location.search).get('options') ?? '{}',
)
const driver = createDriver({ ...options, endpoint: '/api/s3' })
const input = document.querySelector('input')
input?.addEventListener('change', () => {
  driver.add([...(input.files ?? [])])
  // So that the same file can be picked once more.
  input.value = ''
})
Object.assign(window, { driver })
