// @tus/server with its file store, on a free port of the loopback address, which it prints.
// Usage: node tus-node-server.mjs DIRECTORY
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'

const tus = new Server({
  path: '/files',
  datastore: new FileStore({ directory: process.argv[2] }),
  relativeLocation: true,
})
const http = tus.listen({ host: '127.0.0.1', port: 0 }, () => console.log(`port ${http.address().port}`))
