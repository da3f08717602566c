#include "relay/options.h"

#include <QUrl>

namespace longcode::relay {

namespace {

auto wrong(const QString &sentence) {
    return failed(StartFailure{2, sentence});
}

Result<QList<events::PublicKey>, StartFailure> publicKeys(const QStringList &texts) {
    if (texts.isEmpty())
        return wrong(QStringLiteral(
            "No public key. Give the account's with --public-key (Mission Control portal, Keys "
            "& Credentials, Public Key): without it anybody could forge webhooks."));
    QList<events::PublicKey> keys;
    for (const QString &text : texts) {
        const auto key = events::PublicKey::fromBase64(text.toUtf8());
        if (!key)
            return wrong(QStringLiteral("--public-key “%1” is not the base64 text of an Ed25519 public key.")
                             .arg(text));
        keys.append(*key);
    }
    return keys;
}

Result<QString, StartFailure> publicUrl(const QString &text) {
    const QUrl url(text, QUrl::StrictMode);
    const bool usable = url.isValid() && !url.host().isEmpty() && !url.hasQuery() && !url.hasFragment() &&
                        (url.scheme() == QStringLiteral("https") || url.scheme() == QStringLiteral("http"));
    if (!text.isEmpty() && !usable)
        return wrong(
            QStringLiteral("--public-url “%1” is not an http or https address without query.").arg(text));
    return text;
}

} // namespace

const ProgramDescription &relayProgram() {
    static const ProgramDescription program{
        .name = QStringLiteral("longcode-relay"),
        .summary = QStringLiteral("Receives signed webhooks, writes them down, and hands them to consoles."),
        .options = {
            {QStringLiteral("listen"), QStringLiteral("ADDR:PORT"),
             QStringLiteral("Where to listen; port 0 takes a free one."), QStringLiteral("127.0.0.1:8085")},
            {QStringLiteral("public-key"), QStringLiteral("BASE64"),
             QStringLiteral("The account's public key for webhooks. May be given more than once. Required.")},
            {QStringLiteral("token-file"), QStringLiteral("FILE"),
             QStringLiteral("Who may connect: lines of NAME sha256:HEX. Required.")},
            {QStringLiteral("store"), QStringLiteral("FILE"),
             QStringLiteral("The log, an SQLite file. Required.")},
            {QStringLiteral("public-url"), QStringLiteral("URL"),
             QStringLiteral("How Telnyx reaches this listener. Default: the listen address.")},
            {QStringLiteral("log-level"), QStringLiteral("LEVEL"),
             QStringLiteral("error, warning, info or debug."), QStringLiteral("info")},
        }};
    return program;
}

Result<RelayOptions, StartFailure> optionsFrom(const ProgramArguments &arguments) {
    RelayOptions options;
    const auto keys = publicKeys(arguments.values(QStringLiteral("public-key")));
    if (!keys)
        return failed(keys.error());
    options.settings.publicKeys = *keys;
    const auto listen = parseListenAddress(arguments.value(QStringLiteral("listen")));
    if (!listen)
        return wrong(QStringLiteral("--listen ") % listen.error());
    options.settings.listen = *listen;
    const auto url = publicUrl(arguments.value(QStringLiteral("public-url")));
    if (!url)
        return failed(url.error());
    options.settings.publicUrl = *url;
    const auto level = levelFromName(arguments.value(QStringLiteral("log-level")));
    if (!level)
        return wrong(QStringLiteral("--log-level takes error, warning, info or debug."));
    options.settings.logLevel = *level;
    for (const QString &required : {QStringLiteral("store"), QStringLiteral("token-file")}) {
        if (arguments.value(required).isEmpty())
            return wrong(QStringLiteral("--%1 is required. Try --help.").arg(required));
    }
    options.storePath = arguments.value(QStringLiteral("store"));
    auto tokens = AccessTokens::readFile(arguments.value(QStringLiteral("token-file")));
    if (!tokens)
        return failed(StartFailure{1, tokens.error()});
    options.settings.tokens = std::move(*tokens);
    return options;
}

} // namespace longcode::relay
