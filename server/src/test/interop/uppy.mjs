// Several files with @uppy/core and @uppy/tus, at once. Prints one line of JSON: the upload URL of each, and what failed.
// Use: node uppy.mjs upload '{"endpoint": "…", "files": ["…"], "options": {…}}'
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import Uppy from "@uppy/core";
import Tus from "@uppy/tus";

const task = JSON.parse(process.argv[3]);

// In Node, tus-js-client reads buffers and streams; Uppy hands it the File objects of a browser.
const blobReader = {
  async openFile(blob) {
    return {
      size: blob.size,
      close() {},
      async slice(start, end) {
        const value = Buffer.from(await blob.slice(start, end).arrayBuffer());
        return { value: Object.assign(value, { size: value.length }), done: end >= blob.size };
      },
    };
  },
};

const uppy = new Uppy().use(Tus, { endpoint: task.endpoint, fileReader: blobReader, ...task.options });
for (const path of task.files) {
  uppy.addFile(new File([await readFile(path)], basename(path), { type: "application/octet-stream" }));
}
const { successful, failed } = await uppy.upload();
console.log(
  JSON.stringify({
    urls: Object.fromEntries(successful.map((file) => [file.name, file.uploadURL])),
    failed: failed.map((file) => `${file.name}: ${file.error}`),
  }),
);
setImmediate(() => process.exit());
