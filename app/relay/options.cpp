#include "relay/options.h"

#include "relay/given_options.h"
#include "relay/log/store_address.h"

#include <QHostAddress>

#include <algorithm>

namespace longcode::relay {

namespace {

/// What is wrong with a value, as the rest of a sentence that begins with the option; empty: taken.
using Take = QString (*)(const GivenValue &value, RelaySettings &into);

struct Row {
    ProgramOption option;
    Take take;
};

/// `NAME=REST`, or nothing.
std::optional<std::pair<QString, QString>> named(const QString &text) {
    const qsizetype equals = text.indexOf(QLatin1Char('='));
    if (equals <= 0 || !isName(text.left(equals)))
        return std::nullopt;
    return std::pair(text.left(equals), text.mid(equals + 1));
}

std::optional<qint64> whole(const QString &text, qint64 most) {
    bool ok = false;
    const qint64 number = text.toLongLong(&ok);
    return ok && number >= 0 && number <= most ? std::optional(number) : std::nullopt;
}

QString notWhole(const QString &text, qint64 most) {
    return QStringLiteral("“%1” is not a whole number from 0 to %2.").arg(text).arg(most);
}

QString takeListen(const GivenValue &value, RelaySettings &into) {
    const auto address = parseListenAddress(value.text);
    if (!address)
        return address.error();
    into.listen = *address;
    return {};
}

QString takeMetricsListen(const GivenValue &value, RelaySettings &into) {
    const auto address = parseListenAddress(value.text);
    if (!address)
        return address.error();
    into.metricsListen = *address;
    return {};
}

QString takeKey(const QString &account, const QString &text, RelaySettings &into) {
    const auto key = events::PublicKey::fromBase64(text.toUtf8());
    if (!key)
        return QStringLiteral("“%1” is not the base64 text of an Ed25519 public key.").arg(text);
    auto known = std::find_if(into.accounts.begin(), into.accounts.end(),
                              [&account](const ReceiverAccount &one) { return one.name == account; });
    if (known == into.accounts.end())
        into.accounts.append({account, {*key}});
    else
        known->keys.append(*key);
    return {};
}

QString takePublicKey(const GivenValue &value, RelaySettings &into) {
    return takeKey({}, value.text, into);
}

QString takeAccount(const GivenValue &value, RelaySettings &into) {
    const auto parts = named(value.text);
    if (!parts)
        return QStringLiteral("“%1” is not NAME=BASE64; a name has up to 64 letters, digits, dots, hyphens "
                              "and underscores.")
            .arg(value.text);
    return takeKey(parts->first, parts->second, into);
}

QString takeStore(const GivenValue &value, RelaySettings &into) {
    const auto address = StoreAddress::parse(value.text);
    if (!address)
        return QStringLiteral("is wrong: ") % address.error();
    if (value.onCommandLine && address->holdsPassword())
        return QStringLiteral("holds a password, which everybody on this machine can see in the list of "
                              "processes. Write the store into a config file, or use PGPASSFILE.");
    into.store = value.text;
    return {};
}

QString takePublicUrl(const GivenValue &value, RelaySettings &into) {
    const QUrl url(value.text, QUrl::StrictMode);
    const bool usable = url.isValid() && !url.host().isEmpty() && !url.hasQuery() && !url.hasFragment() &&
                        (url.scheme() == QStringLiteral("https") || url.scheme() == QStringLiteral("http"));
    if (!usable)
        return QStringLiteral("“%1” is not an http or https address without query.").arg(value.text);
    into.publicUrl = value.text;
    return {};
}

QString takeLogLevel(const GivenValue &value, RelaySettings &into) {
    const auto level = levelFromName(value.text);
    if (!level)
        return QStringLiteral("takes error, warning, info or debug, not “%1”.").arg(value.text);
    into.logLevel = *level;
    return {};
}

QString takeLogFormat(const GivenValue &value, RelaySettings &into) {
    const bool json = value.text == QStringLiteral("json");
    if (!json && value.text != QStringLiteral("text"))
        return QStringLiteral("takes text or json, not “%1”.").arg(value.text);
    into.logFormat = json ? Journal::Format::Json : Journal::Format::Text;
    return {};
}

/// Customers' texts must not cross a network in the clear.
QString takeForward(const GivenValue &value, RelaySettings &into) {
    const auto parts = named(value.text);
    if (!parts)
        return QStringLiteral("“%1” is not NAME=URL; a name has up to 64 letters, digits, dots, hyphens and "
                              "underscores.")
            .arg(value.text);
    const QUrl url(parts->second, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || url.hasFragment() ||
        (url.scheme() != QStringLiteral("https") && url.scheme() != QStringLiteral("http")))
        return QStringLiteral("“%1” does not name an http or https address.").arg(value.text);
    if (url.scheme() == QStringLiteral("http") && !isLoopback(url.host()))
        return QStringLiteral("“%1” would pass customers' texts on unencrypted: use https, or http to this "
                              "machine only.")
            .arg(value.text);
    const bool doubled =
        std::any_of(into.forwards.begin(), into.forwards.end(),
                    [&parts](const ForwardTarget &other) { return other.name == parts->first; });
    if (doubled)
        return QStringLiteral("“%1” is a name that another forward has.").arg(parts->first);
    into.forwards.append({parts->first, url});
    return {};
}

QString takeTrustedProxy(const GivenValue &value, RelaySettings &into) {
    const bool range = value.text.contains(QLatin1Char('/'));
    const bool good =
        range ? QHostAddress::parseSubnet(value.text).second >= 0 : !QHostAddress(value.text).isNull();
    if (!good)
        return QStringLiteral("“%1” is not an address like 10.0.0.7 or a range like 10.0.0.0/8.")
            .arg(value.text);
    into.trustedProxies.append(value.text);
    return {};
}

QString takeAllowedHost(const GivenValue &value, RelaySettings &into) {
    if (value.text.contains(QLatin1Char('/')) || value.text.contains(QLatin1Char(' ')))
        return QStringLiteral("“%1” is not a name like relay.example.com, without scheme and port.")
            .arg(value.text);
    into.allowedHosts.append(value.text);
    return {};
}

constexpr qint64 mostDays = 36'500;

QString takeKeepDays(const GivenValue &value, RelaySettings &into) {
    const auto days = whole(value.text, mostDays);
    if (!days)
        return notWhole(value.text, mostDays);
    into.retention.age = std::chrono::hours(24) * *days;
    return {};
}

QString takeKeepUnreadDays(const GivenValue &value, RelaySettings &into) {
    const auto days = whole(value.text, mostDays);
    if (!days)
        return notWhole(value.text, mostDays);
    into.retention.unreadAge = std::chrono::hours(24) * *days;
    return {};
}

QString takeKeepMegabytes(const GivenValue &value, RelaySettings &into) {
    constexpr qint64 most = 100'000'000;
    const auto megabytes = whole(value.text, most);
    if (!megabytes)
        return notWhole(value.text, most);
    into.retention.bytes = *megabytes * 1'000'000;
    return {};
}

QString takeTolerance(const GivenValue &value, RelaySettings &into) {
    constexpr qint64 most = 86'400;
    const auto seconds = whole(value.text, most);
    if (!seconds || *seconds == 0)
        return QStringLiteral("“%1” is not a number of seconds from 1 to 86400.").arg(value.text);
    into.tolerance = std::chrono::seconds(*seconds);
    return {};
}

QString takeSilence(const GivenValue &value, RelaySettings &into) {
    constexpr qint64 most = 10'080;
    const auto minutes = whole(value.text, most);
    if (!minutes)
        return notWhole(value.text, most);
    into.silence = std::chrono::minutes(*minutes);
    return {};
}

template <QString RelaySettings::*Member>
QString takeText(const GivenValue &value, RelaySettings &into) {
    into.*Member = value.text;
    return {};
}

QString takeBehindProxy(const GivenValue &, RelaySettings &into) {
    into.behindProxy = true;
    return {};
}

ProgramOption option(const char *name, const char *value, const char *help, const char *standard = "") {
    return {QString::fromLatin1(name), QString::fromLatin1(value), QString::fromUtf8(help),
            QString::fromLatin1(standard)};
}

const QList<Row> &rows() {
    static const QList<Row> all{
        {option("listen", "ADDR:PORT",
                "Where to listen; port 0 takes a free one. Other than on this machine only with TLS or "
                "--behind-proxy.",
                "127.0.0.1:8085"),
         takeListen},
        {option("public-key", "BASE64", "The account's public key for webhooks. Repeatable: each counts."),
         takePublicKey},
        {option("account", "NAME=BASE64",
                "Another account, at /webhooks/telnyx/NAME. Repeatable, also with the same name."),
         takeAccount},
        {option("token-file", "FILE", "Who may connect (see token create). Required."),
         takeText<&RelaySettings::tokenFile>},
        {option("store", "FILE|URL",
                "The log: an SQLite file, or postgresql://[user@]host[:port]/database. Required."),
         takeStore},
        {option("public-url", "URL", "How Telnyx reaches this listener. Without it: the listen address."),
         takePublicUrl},
        {option("tls-certificate", "FILE", "Certificate and its chain (PEM); needs --tls-key."),
         takeText<&RelaySettings::tlsCertificate>},
        {option("tls-key", "FILE", "Its private key (PEM)."), takeText<&RelaySettings::tlsKey>},
        {option("behind-proxy", "", "A proxy or tunnel in front does the encryption."), takeBehindProxy},
        {option("trusted-proxy", "ADDR",
                "Believe this address, or range, when it says whom it speaks for (X-Forwarded-For). "
                "Repeatable."),
         takeTrustedProxy},
        {option("allowed-host", "NAME",
                "Answer only requests for this host name. Repeatable. Without it: for any."),
         takeAllowedHost},
        {option("metrics-listen", "ADDR:PORT",
                "Serve /metrics, and /healthz with figures, there. Without it: nowhere."),
         takeMetricsListen},
        {option("forward", "NAME=URL",
                "Pass every webhook on to this address, too. Repeatable. https, or http to this machine."),
         takeForward},
        {option("keep-days", "N", "Remove entries that are older; 0: keep them.", "0"), takeKeepDays},
        {option("keep-megabytes", "N", "Remove the oldest entries beyond this size; 0: keep them.", "0"),
         takeKeepMegabytes},
        {option("keep-unread-days", "N",
                "What a console or forward has not read is kept for so long in any case.", "30"),
         takeKeepUnreadDays},
        {option("tolerance-seconds", "N", "How far a webhook's signed time may be from ours.", "300"),
         takeTolerance},
        {option("silence-minutes", "N", "Warn when no webhook came for so long; 0: never.", "0"),
         takeSilence},
        {option("log-level", "LEVEL", "error, warning, info or debug.", "info"), takeLogLevel},
        {option("log-format", "FORMAT", "text, or json: one object a line.", "text"), takeLogFormat},
    };
    return all;
}

/// What single values cannot tell.
QStringList wrongTogether(const RelaySettings &settings) {
    QStringList wrong;
    if (settings.accounts.isEmpty())
        wrong.append(QStringLiteral("No public key. Give the account's with --public-key (Mission Control "
                                    "portal, Keys & Credentials, "
                                    "Public Key): without it anybody could forge webhooks."));
    if (settings.store.isEmpty())
        wrong.append(QStringLiteral("--store is required. Try --help."));
    if (settings.tokenFile.isEmpty())
        wrong.append(QStringLiteral("--token-file is required. Try --help."));
    if (settings.tlsCertificate.isEmpty() != settings.tlsKey.isEmpty())
        wrong.append(QStringLiteral("--tls-certificate and --tls-key belong together; --%1 is missing.")
                         .arg(settings.tlsKey.isEmpty() ? QStringLiteral("tls-key")
                                                        : QStringLiteral("tls-certificate")));
    if (const QString exposure = exposureOf(settings); !exposure.isEmpty())
        wrong.append(exposure);
    if (!settings.trustedProxies.isEmpty() && !settings.behindProxy)
        wrong.append(QStringLiteral("--trusted-proxy needs --behind-proxy."));
    const QUrl own(settings.publicUrl);
    for (const ForwardTarget &forward : settings.forwards) {
        if (!settings.publicUrl.isEmpty() && forward.url.host() == own.host() &&
            forward.url.port() == own.port() &&
            forward.url.path().startsWith(QStringLiteral("/webhooks/telnyx")))
            wrong.append(QStringLiteral("--forward %1 leads to this relay itself.").arg(forward.name));
    }
    return wrong;
}

} // namespace

QString exposureOf(const RelaySettings &settings) {
    if (isLoopback(settings.listen.host) || !settings.tlsCertificate.isEmpty() || settings.behindProxy)
        return {};
    return QStringLiteral(
               "--listen %1 can be reached from other machines, and tokens and texts would cross the "
               "network unencrypted. Give --tls-certificate and --tls-key, or --behind-proxy when a "
               "proxy in front does TLS.")
        .arg(settings.listen.host);
}

bool isLoopback(const QString &host) {
    return host == QStringLiteral("localhost") || QHostAddress(host).isLoopback();
}

bool isName(const QString &text) {
    return !text.isEmpty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= QLatin1Char('a') && c <= QLatin1Char('z')) ||
               (c >= QLatin1Char('A') && c <= QLatin1Char('Z')) ||
               (c >= QLatin1Char('0') && c <= QLatin1Char('9')) || c == QLatin1Char('.') ||
               c == QLatin1Char('-') || c == QLatin1Char('_');
    });
}

const QList<ProgramOption> &relayOptions() {
    static const QList<ProgramOption> options = [] {
        QList<ProgramOption> out;
        for (const Row &row : rows())
            out.append(row.option);
        return out;
    }();
    return options;
}

const ProgramDescription &relayProgram() {
    static const ProgramDescription program{
        .name = QStringLiteral("longcode-relay"),
        .summary = QStringLiteral("Receives signed webhooks, writes them down, and hands them to consoles."),
        .options = relayOptions() +
                   QList<ProgramOption>{
                       option("config", "FILE",
                              "Read options from a file: lines of “name = value”. The command line wins."),
                       option("role", "ROLE", "Of token create: agent, compliance or admin.", "agent"),
                   },
        .positional = QStringLiteral("[command]"),
        .commands = {
            {QStringLiteral("check"),
             QStringLiteral("Check options and files, say what was found, start nothing.")},
            {QStringLiteral("token create NAME [--role ROLE] [--account NAME]"),
             QStringLiteral("Let a console connect; prints its token, once. A running relay notices.")},
            {QStringLiteral("token list"), QStringLiteral("Print who may connect.")},
            {QStringLiteral("token revoke NAME"),
             QStringLiteral("Take a token back; its console is let go within seconds.")},
            {QStringLiteral("backup FILE"),
             QStringLiteral("Copy the log into a new SQLite file, also while a relay runs.")},
            {QStringLiteral("export FIRST-LAST"),
             QStringLiteral("Print a range of webhooks as JSON lines, with what proves them.")},
            {QStringLiteral("replay FILE"),
             QStringLiteral(
                 "Take over from another relay's log, or from exported lines, what is missing here.")},
            {QStringLiteral("replay FIRST-LAST --forward NAME"),
             QStringLiteral("Pass a range on once more.")},
            {QStringLiteral("forward list [NAME]"), QStringLiteral("Print what could not be passed on.")},
            {QStringLiteral("forward retry NAME"), QStringLiteral("Try again what had been given up.")},
        }};
    return program;
}

Result<RelaySettings, StartFailure> valuesFrom(const GivenOptions &given) {
    RelaySettings settings;
    StartFailure failure{.exitCode = 2, .sentences = {}};
    for (const Row &row : rows()) {
        for (const GivenValue &value : given.values(row.option.name)) {
            const QString wrong = row.take(value, settings);
            if (!wrong.isEmpty())
                failure.sentences.append(QString(value.place % QLatin1Char(' ') % wrong));
        }
    }
    if (failure.sentences.isEmpty())
        return settings;
    return failed(failure);
}

Result<RelaySettings, StartFailure> settingsFrom(const GivenOptions &given) {
    auto settings = valuesFrom(given);
    if (!settings)
        return settings;
    const QStringList wrong = wrongTogether(*settings);
    if (!wrong.isEmpty())
        return failed(StartFailure{.exitCode = 2, .sentences = wrong});
    return settings;
}

} // namespace longcode::relay
