/** Text and style of the plain pages. */

export const style = `
:root {
  color-scheme: light dark;
  --floor: light-dark(#f3f4f7, #101317); --card: light-dark(#ffffff, #191d23); --inset: light-dark(#f7f8fa, #20252c);
  --line: light-dark(#e3e6ec, #2b313a); --ink: light-dark(#181b21, #e9ecf1); --quiet: light-dark(#474f5d, #b8c0cc);
}
* { box-sizing: border-box; }
body {
  margin: 0; padding: 24px 16px; background: var(--floor); color: var(--ink);
  font: 14px/20px "Helvetica Neue", Arial, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
}
main { max-width: 640px; margin: 0 auto; padding: 16px 24px 24px; background: var(--card); border: 1px solid var(--line); border-radius: 4px; }
h1 { margin: 0 0 4px; font-size: 20px; line-height: 28px; font-weight: 600; }
h2 { margin: 24px 0 4px; font-size: 14px; line-height: 20px; font-weight: 600; }
p { margin: 4px 0; color: var(--quiet); }
pre {
  margin: 8px 0 0; padding: 8px 12px; overflow-x: auto; background: var(--inset); border: 1px solid var(--line);
  border-radius: 3px; font: 12px/18px "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
}
pre:focus-visible { outline: 2px solid light-dark(#006eff, #5b9bff); outline-offset: 1px; }
a { color: light-dark(#0052d9, #7db0ff); }
a:focus-visible { outline: 2px solid; outline-offset: 1px; }
h3 { margin: 24px 0 4px; font-size: 14px; line-height: 20px; font-weight: 600; overflow-wrap: anywhere; }
h3 code { font-size: 14px; font-weight: 600; }
code { font: 12px/18px "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; }
ul { margin: 4px 0; padding-left: 20px; color: var(--quiet); }
table { width: 100%; margin: 8px 0 0; border-collapse: collapse; }
th, td { padding: 4px 8px 4px 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; }
th { font-weight: 600; }
th[scope="row"] { white-space: nowrap; }
th code { overflow-wrap: normal; }
td { color: var(--quiet); overflow-wrap: anywhere; }
.warning { margin: 12px 0 0; padding: 8px 12px; background: var(--inset); border: 1px solid var(--line); color: var(--ink); }
hr { margin: 24px 0 0; border: 0; border-top: 1px solid var(--line); }
`;

/** A trail of three marks beside a line. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">
<rect width="16" height="16" rx="3" fill="#0052d9"/>
<path d="M4.5 3v10" stroke="#7db0ff" stroke-width="1.5" stroke-linecap="round"/>
<path d="M8 4.5h4M8 8h4M8 11.5h2.5" stroke="#fff" stroke-width="1.5" stroke-linecap="round"/>
</svg>
`;

/** A whole page. Both texts are HTML. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" type="image/svg+xml" href="/icon.svg">
<link rel="stylesheet" href="/style.css">
</head>
<body><main>
${body}
</main></body>
</html>
`;
}

export const home = page(
  'Sidetrail',
  `<h1>Sidetrail</h1>
<p>Who did what in Tencent Cloud. This Worker keeps the operation records and answers over its API; ask with a token. <a href="/docs">How to ask</a></p>
<h2>Who am I, and what may I see?</h2>
<pre tabindex="0">curl -H "Authorization: Bearer $SIDETRAIL_TOKEN" "$SIDETRAIL_URL/v1/me"</pre>
<h2>Failed and denied operations of the last seven days</h2>
<pre tabindex="0">curl -G -H "Authorization: Bearer $SIDETRAIL_TOKEN" "$SIDETRAIL_URL/v1/events" \\
  --data-urlencode "q=outcome:failed,denied from:7d"</pre>
<h2>How fresh is it?</h2>
<pre tabindex="0">curl -H "Authorization: Bearer $SIDETRAIL_TOKEN" "$SIDETRAIL_URL/v1/status"</pre>
<hr>
<section lang="zh-CN">
<h2>中文</h2>
<p>本服务保存腾讯云操作审计记录，并通过 API 回答“谁对什么做了什么”。请在请求头中带上令牌，用法见上面的命令。</p>
</section>`,
);

export const link = page(
  'Open in Sidetrail',
  `<h1>This is a link into Sidetrail</h1>
<p>It names an event or a resource. For your protection this page shows nothing about it.</p>
<p>Open it in the Sidetrail panel beside the console, or ask the API with your token:</p>
<pre tabindex="0">curl -H "Authorization: Bearer $SIDETRAIL_TOKEN" "$SIDETRAIL_URL/v1/events/EVENT_ID"
curl -G -H "Authorization: Bearer $SIDETRAIL_TOKEN" "$SIDETRAIL_URL/v1/events" \\
  --data-urlencode "q=resource:RESOURCE_ID"</pre>
<hr>
<section lang="zh-CN">
<h2>中文</h2>
<p>这是指向某个操作事件或资源的链接。为安全起见，此页面不显示任何数据。请在控制台旁的 Sidetrail 面板中打开，或使用令牌通过 API 查询。</p>
</section>`,
);
