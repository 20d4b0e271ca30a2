// Takes the pictures of the documentation, run by hand against a server:
//   node scripts/screenshots.mjs http://localhost:8080 OUTPUT-DIRECTORY [STATE...]
// CHROMIUM names the browser. What it sends stays on the server. Beside the pictures, it makes one sheet of
// each state: STATE.webp in OUTPUT-DIRECTORY/screens.
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import puppeteer from 'puppeteer-core'

const SCREENS = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 360, height: 780, isMobile: true, hasTouch: true },
}
const SCHEMES = ['light', 'dark']
const UPLOAD_BYTES_PER_SECOND = 2_000_000
const NO_LIMIT = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 }

/** Pictures are painted, with a grain that keeps them large; the others are only as long as they seem. */
const FILES = [
  { name: 'Crossing the pass.mp4', type: 'video/mp4', length: 24_600_000 },
  { name: 'Dawn over the fjord.jpg', hue: 22, width: 2400, height: 1600 },
  { name: 'Lighthouse at noon.jpg', hue: 205, width: 2000, height: 1500 },
  { name: 'Pine forest in the fog.jpg', hue: 150, width: 1800, height: 1350 },
  { name: 'Field notes.pdf', type: 'application/pdf', length: 640_000 },
]
const SAID = { title: 'Three days in the north', note: 'The film is from the second day, before the rain.' }

/** What the server answers to the creation of these. */
const HINDRANCES = {
  'Dawn over the fjord.jpg': { status: 413 },
  'Lighthouse at noon.jpg': { status: 401 },
  'Pine forest in the fog.jpg': { status: 503, headers: { 'Retry-After': '120' } },
}

const SHOTS = {
  empty: async () => {},
  draft: async (page) => await choose(page),
  shared: async (page) => await share(page),
  connecting: async (page) => {
    await answerCreations(page, () => null)
    await post(page)
    await page.waitForSelector('li[data-state=sending]')
  },
  sending: async (page) => {
    await throttle(page, { ...NO_LIMIT, uploadThroughput: UPLOAD_BYTES_PER_SECOND })
    await post(page)
    await page.waitForFunction(() => {
      const film = document.querySelector('li[data-state=sending] .progress')
      const sent = Number(film?.style.getPropertyValue('--sent') ?? 0)
      const offset = Number(film?.style.getPropertyValue('--offset') ?? 0)
      return offset > 0.25 && sent > offset + 0.05
    })
  },
  offline: async (page) => {
    await throttle(page, { ...NO_LIMIT, offline: true })
    await post(page)
    await page.waitForSelector('[data-banner=offline]')
  },
  hindered: async (page) => {
    await throttle(page, { ...NO_LIMIT, offline: true })
    await post(page)
    await page.click('[data-action=pause]')
    await page.waitForSelector('li[data-state=paused]')
    await loseBytesOf(page, 'Field notes.pdf')
    await answerCreations(page, (name) => HINDRANCES[name])
    await throttle(page, NO_LIMIT)
    for (const state of ['failed', 'needs-sign-in', 'waiting', 'needs-file']) {
      await page.waitForSelector(`li[data-state=${state}]`)
    }
  },
  settings: async (page) => {
    await page.click('[data-action=settings]')
    await page.waitForSelector('dialog[open]')
  },
  arrived: async (page) => {
    await post(page)
    await page.waitForFunction(() => {
      const rows = [...document.querySelectorAll('li[data-upload]')]
      return rows.length > 0 && rows.every((row) => row.dataset.state === 'complete')
    })
  },
}

const debuggers = new WeakMap()

/** By one session of the debugger for each page: what another one has set would stay. */
async function throttle(page, conditions) {
  const debug = debuggers.get(page) ?? (await page.createCDPSession())
  debuggers.set(page, debug)
  await debug.send('Network.enable')
  await debug.send('Network.emulateNetworkConditions', conditions)
}

/** Answers in place of the server when uploads are created: never for null, and not for undefined. */
async function answerCreations(page, answerTo) {
  await page.setRequestInterception(true)
  page.on('request', (request) => {
    if (request.method() !== 'POST' || !request.url().endsWith('/files')) return request.continue()
    const name = /filename ([^,]+)/.exec(request.headers()['upload-metadata'] ?? '')?.[1] ?? ''
    const answer = answerTo(Buffer.from(name, 'base64').toString())
    if (answer === undefined) return request.continue()
    return answer === null ? undefined : request.respond(answer)
  })
}

/** As when the browser has cleared it. */
async function loseBytesOf(page, name) {
  await page.evaluate(async (wanted) => {
    const result = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)))
    const db = await result(indexedDB.open('longhaul'))
    const tx = db.transaction(['uploads', 'blobs', 'chunks'], 'readwrite')
    for (const upload of await result(tx.objectStore('uploads').getAll())) {
      if (upload.name === wanted) tx.objectStore('blobs').delete(upload.id)
    }
    await new Promise((resolve) => (tx.oncomplete = resolve))
    db.close()
  }, name)
}

/** Shares two pictures to the page as another app does. */
async function share(page) {
  await page.evaluate((said) => {
    const form = document.createElement('form')
    Object.assign(form, { id: 'share', method: 'post', enctype: 'multipart/form-data', action: '/share' })
    for (const [type, name, value] of [
      ['text', 'title', said.title],
      ['text', 'text', said.note],
      ['file', 'files', ''],
    ]) {
      form.append(Object.assign(document.createElement('input'), { type, name, value, multiple: true }))
    }
    document.body.append(form)
  }, SAID)
  await paintInto(page, '#share [name=files]', FILES.slice(1, 3))
  const loaded = page.waitForNavigation()
  await page.evaluate(() => document.querySelector('#share').submit())
  await loaded
  await page.waitForFunction(() => document.querySelectorAll('[data-draft] img').length === 2)
}

/** Paints and chooses the files within the page, because they are not on the disk. */
async function paintInto(page, selector, files) {
  await page.evaluate(async (selector, files) => {
    const random = (() => {
      let state = 7
      return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647
    })()
    const paint = async ({ name, hue, width, height }) => {
      const canvas = new OffscreenCanvas(width, height)
      const brush = canvas.getContext('2d')
      const sky = brush.createLinearGradient(0, 0, 0, height)
      sky.addColorStop(0, `hsl(${hue + 20} 60% 40%)`)
      sky.addColorStop(1, `hsl(${hue} 75% 82%)`)
      brush.fillStyle = sky
      brush.fillRect(0, 0, width, height)
      brush.fillStyle = 'rgb(255 246 220 / 85%)'
      brush.beginPath()
      brush.arc(width * 0.68, height * 0.36, height * 0.08, 0, 7)
      brush.fill()
      for (let range = 0; range < 4; range++) {
        brush.fillStyle = `hsl(${hue + 170 - range * 12} 28% ${52 - range * 12}%)`
        brush.beginPath()
        brush.moveTo(0, height)
        for (let x = 0; x <= width; x += width / 14) {
          brush.lineTo(x, height * (0.48 + range * 0.12) - random() * height * 0.16)
        }
        brush.lineTo(width, height)
        brush.fill()
      }
      const pixels = brush.getImageData(0, 0, width, height)
      for (let i = 0; i < pixels.data.length; i += 4) {
        const grain = (random() - 0.5) * 34
        for (let part = 0; part < 3; part++) pixels.data[i + part] += grain
      }
      brush.putImageData(pixels, 0, 0)
      return new File([await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })], name, { type: 'image/jpeg' })
    }
    const chosen = new DataTransfer()
    for (const file of files) {
      const made = 'hue' in file ? await paint(file) : new File([new Uint8Array(file.length)], file.name, file)
      chosen.items.add(made)
    }
    const input = document.querySelector(selector)
    input.files = chosen.files
    input.dispatchEvent(new Event('change', { bubbles: true }))
  }, selector, files)
}

async function choose(page) {
  await paintInto(page, '[data-intake=files]', FILES)
  await page.waitForSelector('[data-action=send]')
  for (const [name, text] of Object.entries(SAID)) await page.type(`[name=${name}]`, text)
}

async function post(page) {
  await choose(page)
  await page.click('[data-action=send]')
  await page.waitForFunction((count) => document.querySelectorAll('li[data-upload]').length === count, {}, FILES.length)
  // Thumbnails are made after the files are kept.
  await page.waitForFunction(() => document.querySelectorAll('li[data-upload] img').length >= 3)
}

/** Toasts come and go: a picture has none. */
async function withoutToasts(page) {
  await page.evaluate(() => {
    for (const toast of document.querySelectorAll('[data-toast]')) toast.querySelector('button')?.click()
  })
  await page.waitForFunction(() => document.querySelectorAll('[data-toast]').length === 0, { timeout: 20_000 })
}

async function take(browser, origin, shot, scheme, screen) {
  const context = await browser.createBrowserContext()
  const page = await context.newPage()
  try {
    await page.setViewport({ ...SCREENS[screen], deviceScaleFactor: 1 })
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ])
    await page.goto(origin, { waitUntil: 'networkidle0' })
    await page.evaluate(async () => void (await navigator.serviceWorker.ready))
    await SHOTS[shot](page)
    await withoutToasts(page)
    await page.evaluate(() => document.activeElement?.blur())
    await page.mouse.move(0, 0)
    await page.screenshot({ path: join(out, `${shot}-${scheme}-${screen}.png`), fullPage: shot === 'hindered' })
  } finally {
    await context.close()
  }
}

/** All four pictures of a state in one that is small enough to be kept. */
async function makeSheet(browser, shot) {
  const page = await browser.newPage()
  try {
    const image = (scheme, screen) =>
      `<img class="${screen}" src="data:image/png;base64,${readFileSync(join(out, `${shot}-${scheme}-${screen}.png`)).toString('base64')}">`
    const screens = `<div>${image('light', 'desktop')}${image('dark', 'desktop')}</div>`
    const style =
      'body{display:flex;gap:20px;margin:0;padding:20px;background:#d9d8d3;width:max-content;align-items:start}' +
      'div{display:grid;gap:20px}img{border-radius:10px}.desktop{width:800px}'
    await page.setContent(`<!doctype html><style>${style}</style>${screens}${image('light', 'phone')}${image('dark', 'phone')}`)
    const size = await page.evaluate(() => ({ width: document.body.offsetWidth, height: document.body.offsetHeight }))
    await page.setViewport(size)
    await page.screenshot({ path: join(out, 'screens', `${shot}.webp`), type: 'webp', quality: 80 })
  } finally {
    await page.close()
  }
}

const [server, out, ...states] = process.argv.slice(2)
if (server === undefined || out === undefined || process.env.CHROMIUM === undefined) {
  console.error('usage: CHROMIUM=/path/to/chromium node scripts/screenshots.mjs SERVER_URL OUT_DIR [STATE...]')
  process.exit(1)
}
mkdirSync(join(out, 'screens'), { recursive: true })
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox', '--disable-quic', '--lang=en'],
})
try {
  for (const shot of states.length > 0 ? states : Object.keys(SHOTS)) {
    for (const scheme of SCHEMES) {
      for (const screen of Object.keys(SCREENS)) {
        await take(browser, new URL(server).origin, shot, scheme, screen)
        console.log(`${shot}-${scheme}-${screen}.png`)
      }
    }
    await makeSheet(browser, shot)
  }
} finally {
  await browser.close()
}
