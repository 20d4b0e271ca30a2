import preact from '@preact/preset-vite'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

const SERVER = process.env.LONGHAUL_SERVER ?? 'http://localhost:8080'

// biome-ignore lint/style/noDefaultExport: the tool wants it so.
export default defineConfig({
  build: { target: 'es2022', sourcemap: false },
  server: { proxy: { '/files': SERVER } },
  plugins: [
    preact(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/sw',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: false,
      manifest: {
        id: '/',
        name: 'Longhaul',
        short_name: 'Longhaul',
        description: 'Choose a file anywhere, and it gets there.',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        background_color: '#f6f5f1',
        theme_color: '#1f4d4a',
        icons: [
          { src: '/icons/192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icons/512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icons/maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
        share_target: {
          action: '/share',
          method: 'POST',
          enctype: 'multipart/form-data',
          params: {
            title: 'title',
            text: 'text',
            url: 'url',
            files: [{ name: 'files', accept: ['image/*', 'video/*', 'audio/*', 'text/*', 'application/*'] }],
          },
        },
        file_handlers: [
          {
            action: '/',
            accept: {
              'image/*': ['.avif', '.gif', '.heic', '.jpg', '.jpeg', '.png', '.webp'],
              'video/*': ['.m4v', '.mkv', '.mov', '.mp4', '.webm'],
              'audio/*': ['.flac', '.m4a', '.mp3', '.ogg', '.wav'],
              'application/pdf': ['.pdf'],
              'application/zip': ['.zip'],
            },
          },
        ],
      },
      injectManifest: { globPatterns: ['**/*.{html,js,css,png,svg,woff2}'] },
    }),
  ],
})
