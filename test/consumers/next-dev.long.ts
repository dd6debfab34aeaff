import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Browser, chromium } from 'playwright'
import { afterAll, beforeAll, describe } from 'vitest'
import { chromiumLaunchOptions } from '../support/find-chromium.js'
import { packPackage } from './consumer-app.js'
import { describeLooks, describeLooksWithoutScripts } from './describe-looks.js'
import { installLooks, type LooksApp } from './looks-app.js'

let app: LooksApp
let browser: Browser

beforeAll(async () => {
  const tarball = await packPackage()
  app = await installLooks(tarball)
  await rm(dirname(tarball), { recursive: true })
  browser = await chromium.launch(chromiumLaunchOptions())
})

afterAll(async () => {
  await browser.close()
  await app.remove()
})

describe('served by next dev', () => {
  let served: ReturnType<LooksApp['serveNext']> | undefined
  const serve = () => (served ??= app.serveNext('dev'))

  describeLooks(serve, () => browser, { isFromServer: true })
  describeLooksWithoutScripts(serve, () => browser)
})
