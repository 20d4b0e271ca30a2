// One upload with tus-js-client. Prints one line of JSON: the upload URL, or why it failed, and the requests made.
// Use: node tus.mjs upload|stream|resume|abort|terminate '{"endpoint": "…", "file": "…", "options": {…}}'
// Further keys: "urls", a file of upload URLs to resume from; "pace" in bytes per second; "abortAt" an offset.
import { createReadStream } from "node:fs";
import { PassThrough, Transform } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { defaultOptions, FileUrlStorage, Upload } from "tus-js-client";

const [scenario, json] = process.argv.slice(2);
const task = JSON.parse(json);
const requests = [];
const locations = [];

const scenarios = {
  upload: () => run(createReadStream(task.file)),
  stream: () => run(createReadStream(task.file).pipe(new PassThrough())),
  resume: () => run(createReadStream(task.file), resumeFromStoredUrl),
  abort: () => run(createReadStream(task.file), abortInTheMiddle),
  async terminate() {
    const url = await run(createReadStream(task.file));
    await Upload.terminate(url, options({}));
    return url;
  },
};

process.once("beforeExit", () => report({ error: "the client waits for nothing, and has not ended the upload" }));
try {
  report({ url: await scenarios[scenario]() });
} catch (error) {
  report({ error: error.message });
}

function run(source, prepare = (upload) => upload.start()) {
  return new Promise((resolve, reject) => {
    const upload = new Upload(source, options({
      onSuccess: () => resolve(upload.url),
      onError: reject,
    }));
    Promise.resolve(prepare(upload, resolve)).catch(reject);
  });
}

async function resumeFromStoredUrl(upload) {
  const [previous] = await upload.findPreviousUploads();
  if (previous === undefined) throw new Error("there is no stored URL for this file");
  upload.resumeFromPreviousUpload(previous);
  upload.start();
}

function abortInTheMiddle(upload, resolve) {
  let aborted = false;
  upload.options.onProgress = (sent) => {
    if (aborted || sent < task.abortAt) return;
    aborted = true;
    upload.abort(true).then(() => resolve(upload.url), (error) => upload.options.onError(error));
  };
  upload.start();
}

function options(callbacks) {
  return {
    endpoint: task.endpoint,
    retryDelays: null,
    ...(task.urls && { urlStorage: new FileUrlStorage(task.urls) }),
    ...(task.pace && { fileReader: pacedFileReader(task.pace) }),
    ...task.options,
    ...callbacks,
    onAfterResponse(request, response) {
      requests.push(`${request.getMethod()} ${response.getStatus()}`);
      const location = response.getHeader("Location");
      if (location !== undefined) locations.push(location);
    },
  };
}

// The default reader, slowed down, so that something can happen in the middle of a request.
function pacedFileReader(bytesPerSecond) {
  return {
    async openFile(input, chunkSize) {
      const source = await defaultOptions.fileReader.openFile(input, chunkSize);
      return {
        size: source.size,
        close: () => source.close(),
        async slice(start, end) {
          const { value, done } = await source.slice(start, end);
          return { value: Object.assign(value.pipe(paced(bytesPerSecond)), { size: value.size }), done };
        },
      };
    },
  };
}

function paced(bytesPerSecond) {
  return new Transform({
    async transform(chunk, _encoding, callback) {
      await delay((chunk.length / bytesPerSecond) * 1000);
      callback(null, chunk);
    },
  });
}

function report(result) {
  console.log(JSON.stringify({ url: null, error: null, requests, locations, ...result }));
  // A connection that is kept alive would keep the process alive.
  setImmediate(() => process.exit());
}
