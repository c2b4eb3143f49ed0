// Lambda@Edge in front of an S3 origin, as two handlers of one function (Node.js 20 or later, in us-east-1):
// origin-request says which blob an address is, origin-response gives it the headers of the release.
// The origin's path is the target's prefix; the function's role may read the bucket. Set BUCKET, PREFIX and REGION.

import { Store } from "./store.mjs";

const BUCKET = "stores";
const PREFIX = "";
const REGION = "us-east-1";
const NOTE = "x-shopwright-file";

let store;

/** For the event "origin-request". */
export async function originRequest(event, _context, read = fromS3) {
  store ??= new Store(read);
  const { request } = event.Records[0].cf;
  const query = request.querystring ? `?${request.querystring}` : "";
  const found = await store.resolve(new URL(`https://store.invalid${request.uri}${query}`));
  if (found.location) {
    const headers = { location: [{ key: "Location", value: found.location }], "cache-control": [{ key: "Cache-Control", value: "no-cache" }] };
    return { status: String(found.status), headers };
  }
  if (!found.file) return { status: String(found.status), body: "Not found\n" };
  const accepts = request.headers["accept-encoding"]?.[0]?.value ?? "";
  const br = /\bbr\b/.test(accepts) ? found.file.encodings.br : undefined;
  request.uri = `/blobs/${br ? br[0] : found.file.sha256}`;
  request.querystring = "";
  delete request.headers["if-none-match"]; // it names our validator, which S3 does not know
  request.headers[NOTE] = [{ key: NOTE, value: encodeURIComponent(JSON.stringify([found.release, found.path, found.status, br ? "br" : ""])) }];
  return request;
}

/** For the event "origin-response". */
export async function originResponse(event, _context, read = fromS3) {
  store ??= new Store(read);
  const { request, response } = event.Records[0].cf;
  const note = request.headers[NOTE]?.[0]?.value;
  if (!note || response.status !== "200") return response;
  const [release, path, status, coding] = JSON.parse(decodeURIComponent(note));
  const headers = await store.headers(release, path);
  if (coding) headers.ETag = headers.ETag.replace(/"$/, `-${coding}"`);
  for (const [name, value] of Object.entries(headers)) response.headers[name.toLowerCase()] = [{ key: name, value }];
  response.status = String(status);
  return response;
}

async function fromS3(key) {
  const { GetObjectCommand, S3Client } = await import("@aws-sdk/client-s3");
  try {
    const client = new S3Client({ region: REGION });
    const object = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: PREFIX ? `${PREFIX}/${key}` : key }));
    return new Response(await object.Body.transformToByteArray());
  } catch (error) {
    if (error.name === "NoSuchKey") return new Response(null, { status: 404 });
    throw error;
  }
}
