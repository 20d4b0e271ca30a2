// @tus/server with its file store, as its documentation shows it.
// Usage: node tus-node-server.mjs PORT DIRECTORY
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'

const [port, directory] = process.argv.slice(2)
const tus = new Server({ path: '/files', datastore: new FileStore({ directory }), relativeLocation: true })
tus.listen({ host: '127.0.0.1', port: Number(port) })
