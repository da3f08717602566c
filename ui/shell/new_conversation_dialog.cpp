#include "shell/new_conversation_dialog.h"

#include "base/when_finished.h"
#include "composer/sender_button.h"
#include "style/console_style.h"
#include "style/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace longcode::shell {

namespace {

constexpr std::chrono::seconds readingTakes{10};

QString kindInWords(const phone::Address &address) {
    switch (address.kind()) {
    case phone::AddressKind::ShortCode:
        return NewConversationDialog::tr("short code");
    case phone::AddressKind::TollFree:
        return NewConversationDialog::tr("toll-free number");
    case phone::AddressKind::LongCode:
    case phone::AddressKind::Alphanumeric:
        break;
    }
    return address.countryName();
}

} // namespace

NewConversationDialog::NewConversationDialog(desk::Account &account, desk::Inbox &inbox,
                                             const phone::Address &usual, QWidget *parent)
    : QDialog(parent)
    , m_account(account)
    , m_inbox(inbox)
    , m_number(new QLineEdit(this))
    , m_understood(new QLabel(this))
    , m_sender(new QComboBox(this)) {
    setObjectName(QStringLiteral("newConversationDialog"));
    setWindowTitle(tr("New conversation"));
    setAttribute(Qt::WA_DeleteOnClose);
    setModal(true);
    build();
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this, usual] {
        fillSenders(usual);
        showNumber();
    });
    if (m_account.senders().isEmpty()) {
        setPatience(readingTakes);
        m_account.refresh();
    }
    fillSenders(usual);
    showNumber();
    connect(m_number, &QLineEdit::textChanged, this, &NewConversationDialog::showNumber);
    connect(m_sender, &QComboBox::currentIndexChanged, this, &NewConversationDialog::showNumber);
    // The account's numbers may still be on their way when the dialog opens.
    connect(&m_account, &desk::Account::sendersChanged, this, [this, usual] {
        m_patience.stop();
        const phone::Address chosen = phone::fromWire(m_sender->currentData().toString());
        fillSenders(chosen.isEmpty() ? usual : chosen);
        showNumber();
    });
    m_number->setFocus();
}

void NewConversationDialog::build() {
    m_number->setObjectName(QStringLiteral("numberField"));
    m_number->setAccessibleName(tr("Phone number of the customer"));
    m_number->setPlaceholderText(tr("(212) 555-0188, +44 20 7946 0958, …"));
    m_number->setMaxLength(64);
    m_number->setMinimumWidth(340);
    m_understood->setObjectName(QStringLiteral("numberUnderstood"));
    m_understood->setTextFormat(Qt::PlainText);
    m_understood->setWordWrap(true);
    m_understood->setMinimumHeight(2 * m_understood->fontMetrics().lineSpacing());
    m_understood->setAlignment(Qt::AlignLeading | Qt::AlignTop);
    m_sender->setObjectName(QStringLiteral("newSenderBox"));
    auto *form = new QFormLayout;
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    form->addRow(tr("&To"), m_number);
    form->addRow(m_understood);
    form->addRow(tr("&From"), m_sender);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_begin = buttons->addButton(tr("&Begin"), QDialogButtonBox::AcceptRole);
    m_begin->setObjectName(QStringLiteral("beginButton"));
    m_begin->setDefault(true);
    style::setButtonKind(m_begin, style::ButtonKind::Primary);
    connect(m_begin, &QPushButton::clicked, this, &NewConversationDialog::begin);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(22, 20, 22, 18);
    column->setSpacing(14);
    column->addLayout(form);
    column->addWidget(buttons);
}

void NewConversationDialog::fillSenders(const phone::Address &usual) {
    const QList<desk::Sender> senders = m_account.senders();
    int chosen = -1;
    const QSignalBlocker quiet(m_sender);
    m_sender->clear();
    for (const desk::Sender &sender : senders) {
        m_sender->addItem(composer::senderInWords(sender), sender.address.wire());
        const int row = m_sender->count() - 1;
        if (!sender.profileEnabled) {
            m_sender->setItemText(row, tr("%1 (profile switched off)").arg(m_sender->itemText(row)));
            if (auto *model = qobject_cast<QStandardItemModel *>(m_sender->model()))
                model->item(row)->setEnabled(false);
            continue;
        }
        if (chosen < 0 || sender.address == usual)
            chosen = row;
    }
    m_sender->setCurrentIndex(chosen);
    m_sender->setEnabled(chosen >= 0);
    const bool reading = senders.isEmpty() && m_patience.isActive();
    m_sender->setPlaceholderText(reading ? tr("Reading your numbers…") : tr("No number to send from"));
    m_sender->setAccessibleDescription(chosen < 0 ? m_sender->placeholderText() : QString());
}

QString NewConversationDialog::noSenderWords() const {
    if (m_account.senders().isEmpty() && m_patience.isActive())
        return tr("Reading your numbers… Try again in a moment.");
    return tr(
        "This account has no number to send from. Assign one to a messaging profile in the portal, then "
        "choose “Read again” in the settings.");
}

void NewConversationDialog::say(const QString &sentence, bool isProblem) {
    const style::Tokens &tokens = style::tokensFor(this);
    QPalette ink = palette();
    ink.setColor(QPalette::WindowText, isProblem ? tokens.danger : tokens.muted);
    m_understood->setPalette(ink);
    m_understood->setText(sentence);
    m_number->setAccessibleDescription(sentence);
}

void NewConversationDialog::showNumber() {
    const auto parsed = phone::parse(m_number->text(), m_account.homeRegion());
    m_begin->setEnabled(true);
    if (!parsed) {
        // While the number grows it is not wrong yet; Enter says what is missing.
        const bool growing =
            parsed.error() == phone::ParseProblem::Empty || parsed.error() == phone::ParseProblem::TooShort;
        say(growing ? QString() : phone::sentence(parsed.error()), true);
        return;
    }
    const QString detail = kindInWords(*parsed);
    say(detail.isEmpty() ? parsed->international() : parsed->international() + QStringLiteral(" · ") + detail,
        false);
}

void NewConversationDialog::setNumber(const phone::Address &number) {
    m_number->setText(number.international());
    m_sender->setFocus();
}

void NewConversationDialog::begin() {
    const auto peer = phone::parse(m_number->text(), m_account.homeRegion());
    if (!peer) {
        say(phone::sentence(peer.error()), true);
        m_number->setFocus();
        return;
    }
    if (m_sender->currentIndex() < 0) {
        say(noSenderWords(), true);
        return;
    }
    const phone::Address own = phone::fromWire(m_sender->currentData().toString());
    if (*peer == own) {
        say(tr("This is the number you send from. Type the customer's number."), true);
        m_number->setFocus();
        return;
    }
    m_begin->setEnabled(false);
    whenFinished(m_inbox.begin(*peer, own), this,
                 [this](const Result<desk::ConversationId, Failure> &answer) {
                     m_begin->setEnabled(true);
                     if (!answer) {
                         say(answer.error().what + u' ' + answer.error().remedy, true);
                         return;
                     }
                     Q_EMIT begun(*answer);
                     accept();
                 });
}

} // namespace longcode::shell
