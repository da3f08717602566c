#include "settings/relay_step.h"

#include "base/program.h"
#include "base/when_finished.h"
#include "settings/page_parts.h"

#include <QFormLayout>
#include <QHostAddress>
#include <QLineEdit>
#include <QRadioButton>
#include <QVBoxLayout>

namespace longcode::settings {

namespace {

constexpr int publicKeyBytes = 32; // Ed25519, RFC 8032

QLineEdit *addField(QFormLayout *form, const QString &label, const QString &objectName) {
    auto *field = new QLineEdit(form->parentWidget());
    field->setObjectName(objectName);
    field->setMinimumHeight(field->sizeHint().height());
    field->setAccessibleName(QString(label).remove(u'&'));
    form->addRow(label, field);
    return field;
}

QFormLayout *makeForm(QWidget *parent) {
    auto *form = new QFormLayout(parent);
    form->setContentsMargins(24, 0, 0, 8);
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    form->setVerticalSpacing(4);
    return form;
}

bool isLoopback(const QUrl &url) {
    return url.host() == QStringLiteral("localhost") || QHostAddress(url.host()).isLoopback();
}

} // namespace

RelayStep::RelayStep(desk::AccountSetup &setup, QWidget *parent)
    : SetupStep(
          tr("Relay"),
          tr("Telnyx reports replies and deliveries over the web. The relay receives these reports, checks "
             "their signature and keeps them, also while this console is closed."),
          parent)
    , m_setup(setup)
    , m_here(new QRadioButton(tr("&Start a relay on this computer"), this))
    , m_elsewhere(new QRadioButton(tr("Use a relay that &runs already"), this)) {
    setObjectName(QStringLiteral("relayStep"));
    m_here->setObjectName(QStringLiteral("relayHereButton"));
    m_elsewhere->setObjectName(QStringLiteral("relayElsewhereButton"));
    m_hereFields = buildHere();
    m_elsewhereFields = buildElsewhere();
    column().addWidget(m_here);
    column().addWidget(m_hereFields);
    column().addWidget(m_elsewhere);
    column().addWidget(m_elsewhereFields);
    m_here->setChecked(true);
    connect(m_here, &QRadioButton::toggled, this, &RelayStep::showChoice);
    for (QLineEdit *field : {m_publicKey, m_listen, m_publicUrl, m_address, m_token})
        connect(field, &QLineEdit::textEdited, this, &RelayStep::clearProblem);
    showChoice();
}

QWidget *RelayStep::buildHere() {
    auto *fields = new QWidget(this);
    QFormLayout *form = makeForm(fields);
    m_publicKey = addField(form, tr("&Public key of your account"), QStringLiteral("publicKeyField"));
    m_publicKey->setPlaceholderText(tr("From the portal, under “API keys”, “Public key”"));
    m_listen = addField(form, tr("&Listen on"), QStringLiteral("listenField"));
    m_listen->setText(desk::RelayHere().listen);
    m_publicUrl =
        addField(form, tr("&Web address under which Telnyx reaches it"), QStringLiteral("publicUrlField"));
    m_publicUrl->setPlaceholderText(tr("https://… of your tunnel or proxy; empty: add it later"));
    return fields;
}

QWidget *RelayStep::buildElsewhere() {
    auto *fields = new QWidget(this);
    QFormLayout *form = makeForm(fields);
    m_address = addField(form, tr("&Address"), QStringLiteral("relayAddressField"));
    m_address->setPlaceholderText(tr("wss://relay.example.com"));
    m_token = addField(form, tr("&Token"), QStringLiteral("relayTokenField"));
    m_token->setEchoMode(QLineEdit::Password);
    m_token->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhNoPredictiveText | Qt::ImhSensitiveData);
    return fields;
}

void RelayStep::showChoice() {
    m_hereFields->setVisible(m_here->isChecked());
    m_elsewhereFields->setVisible(!m_here->isChecked());
    setFocusProxy(m_here->isChecked() ? m_publicKey : m_address);
    clearProblem();
}

std::optional<desk::RelayChoice> RelayStep::readHere() {
    desk::RelayHere here;
    here.telnyxPublicKey = m_publicKey->text().trimmed().toLatin1();
    const auto decoded =
        QByteArray::fromBase64Encoding(here.telnyxPublicKey, QByteArray::AbortOnBase64DecodingErrors);
    if (here.telnyxPublicKey.isEmpty()) {
        refuse({tr("The public key is missing."),
                tr("Without it the relay cannot tell Telnyx from anybody else. Copy it from the portal.")},
               m_publicKey);
        return std::nullopt;
    }
    if (!decoded || decoded.decoded.size() != publicKeyBytes) {
        refuse({tr("This is not a public key: 44 characters that end in “=” are expected."),
                tr("Copy it once more from the portal. The API key is another thing.")},
               m_publicKey);
        return std::nullopt;
    }
    here.listen = m_listen->text().trimmed();
    if (const auto address = parseListenAddress(here.listen); !address) {
        refuse({address.error(), {}}, m_listen);
        return std::nullopt;
    }
    const QString url = m_publicUrl->text().trimmed();
    here.publicUrl = QUrl(url, QUrl::StrictMode);
    const bool usable = here.publicUrl.isValid() && !here.publicUrl.host().isEmpty() &&
                        (here.publicUrl.scheme() == QStringLiteral("https") ||
                         here.publicUrl.scheme() == QStringLiteral("http"));
    if (!url.isEmpty() && !usable) {
        refuse({tr("“%1” is not a web address.").arg(url), tr("It begins with https:// and names a host.")},
               m_publicUrl);
        return std::nullopt;
    }
    return here;
}

std::optional<desk::RelayChoice> RelayStep::readElsewhere() {
    desk::RelayElsewhere elsewhere;
    const QString text = m_address->text().trimmed();
    elsewhere.url = QUrl(text, QUrl::StrictMode);
    const QString scheme = elsewhere.url.scheme();
    const bool isSocket = scheme == QStringLiteral("ws") || scheme == QStringLiteral("wss");
    if (!elsewhere.url.isValid() || !isSocket || elsewhere.url.host().isEmpty()) {
        refuse({tr("This is not the address of a relay."), tr("It begins with wss:// and names a host.")},
               m_address);
        return std::nullopt;
    }
    if (scheme == QStringLiteral("ws") && !isLoopback(elsewhere.url)) {
        refuse({tr("ws:// would send customers' texts over the network unencrypted."),
                tr("Use wss://; ws:// is for this computer only.")},
               m_address);
        return std::nullopt;
    }
    elsewhere.token = m_token->text().trimmed();
    if (elsewhere.token.isEmpty()) {
        refuse({tr("The token is missing."), tr("Whoever runs the relay can give you one.")}, m_token);
        return std::nullopt;
    }
    return elsewhere;
}

void RelayStep::submit() {
    if (isBusy())
        return;
    const std::optional<desk::RelayChoice> read = m_here->isChecked() ? readHere() : readElsewhere();
    if (!read)
        return;
    const int question = ask();
    whenFinished(m_setup.checkRelay(*read), this,
                 [this, question, choice = *read](const Result<desk::RelayStatus, Failure> &answer) {
                     if (!answered(question))
                         return;
                     if (!answer) {
                         refuse(answer.error(), m_here->isChecked() ? m_publicKey : m_address);
                         return;
                     }
                     m_choice = choice;
                     Q_EMIT passed();
                 });
}

void RelayStep::forget() {
    abandon();
    m_token->clear();
    m_choice = {};
}

} // namespace longcode::settings
