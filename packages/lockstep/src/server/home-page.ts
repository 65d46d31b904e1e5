/** What a browser sees at `/`: what runs here and where to go on. Static, without scripts and without secrets. */
export const homePage: string = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lockstep</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1rem; }
code, pre { font: 0.9em/1.5 ui-monospace, monospace; }
pre { overflow-x: auto; padding: 0.75rem 1rem; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 0.5rem; }
td { padding: 0.15rem 1rem 0.15rem 0; vertical-align: top; }
</style>
</head>
<body>
<main>
<h1>Lockstep is running</h1>
<p>It keeps the people in a directory and the accounts in every app in lockstep, over SCIM 2.0.</p>
<h2>Addresses</h2>
<table>
<tr><td><a href="/health/ready"><code>/health/ready</code></a></td><td>answers 200 when everything is up</td></tr>
<tr><td><a href="/api/v1/openapi.json"><code>/api/v1/openapi.json</code></a></td><td>description of the admin API; the key is in the file <code>api-key</code> of the data folder</td></tr>
<tr><td><a href="/sign-in"><code>/sign-in</code></a></td><td>sign-in of the people who run this; the first start printed a link for the owner</td></tr>
<tr><td><code>/scim/v2/{tenantId}</code></td><td>SCIM service of a tenant; <code>lockstep provider list</code> shows the addresses</td></tr>
<tr><td><a href="/metrics"><code>/metrics</code></a></td><td>counters for monitoring</td></tr>
</table>
<h2>To try next</h2>
<pre>lockstep status
lockstep staged APP
lockstep explain APP USER
lockstep directory get USER
lockstep directory set USER department=Sales
lockstep logs --follow</pre>
</main>
</body>
</html>
`;
