#include "health/snippets.h"

#include <QCoreApplication>

namespace longcode::health {

namespace {

QString snippetWord(const char *text) {
    return QCoreApplication::translate("longcode::health::Snippets", text);
}

QString filled(const char *pattern, const QString &listen, const QString &host) {
    return QString::fromLatin1(pattern)
        .replace(QLatin1String("{listen}"), listen)
        .replace(QLatin1String("{host}"), host);
}

constexpr const char *nginxText = R"(server {
    listen 443 ssl;
    server_name {host};
    ssl_certificate     /etc/letsencrypt/live/{host}/fullchain.pem;
    ssl_certificate_key /etc/letsencrypt/live/{host}/privkey.pem;

    location /webhooks/telnyx {
        proxy_pass http://{listen};
        proxy_http_version 1.1;
        proxy_set_header X-Forwarded-For $remote_addr;
        client_max_body_size 1m;
    }
})";

constexpr const char *caddyText = R"({host} {
    reverse_proxy /webhooks/telnyx* {listen}
})";

constexpr const char *cloudflaredText = R"(tunnel: YOUR-TUNNEL-ID
credentials-file: /etc/cloudflared/YOUR-TUNNEL-ID.json
ingress:
  - hostname: {host}
    path: ^/webhooks/telnyx
    service: http://{listen}
  - service: http_status:404)";

constexpr const char *ngrokText = R"(ngrok http {listen} --url https://{host})";

} // namespace

QList<Snippet> snippetsFor(const QString &listen, const QUrl &publicUrl) {
    const QString host = publicUrl.host().isEmpty() ? QStringLiteral("sms.example.com") : publicUrl.host();
    return {
        {QStringLiteral("nginx"), QStringLiteral("nginx"),
         snippetWord("A server of yours with a certificate passes on what Telnyx sends."),
         filled(nginxText, listen, host)},
        {QStringLiteral("caddy"), QStringLiteral("Caddy"),
         snippetWord("The same, and Caddy gets the certificate by itself."), filled(caddyText, listen, host)},
        {QStringLiteral("cloudflared"), QStringLiteral("cloudflared"),
         snippetWord("A tunnel from this computer: nothing needs to be opened in the firewall. Put this into "
                     "config.yml and start “cloudflared tunnel run”."),
         filled(cloudflaredText, listen, host)},
        {QStringLiteral("ngrok"), QStringLiteral("ngrok"),
         snippetWord("A tunnel for trying things out; use the address that ngrok keeps for you."),
         filled(ngrokText, listen, host)},
    };
}

} // namespace longcode::health
