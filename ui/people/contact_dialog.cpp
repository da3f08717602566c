#include "people/contact_dialog.h"

#include "base/when_finished.h"
#include "people/contact_form.h"
#include "settings/page_parts.h"
#include "style/console_style.h"
#include "style/theme.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QVBoxLayout>

namespace longcode::people {

namespace {

constexpr QSize dialogSize(560, 640);

} // namespace

ContactDialog::ContactDialog(desk::AddressBook &book, const contacts::Contact &contact,
                             const phone::Region &home, QWidget *parent)
    : QDialog(parent)
    , m_book(book)
    , m_form(new ContactForm(home, this))
    , m_trouble(settings::wrappedText({}, this)) {
    setObjectName(QStringLiteral("contactDialog"));
    setWindowTitle(contact.id.isEmpty() ? tr("New contact") : tr("Edit contact"));
    setAttribute(Qt::WA_DeleteOnClose);
    setModal(true);
    m_trouble->setObjectName(QStringLiteral("contactTrouble"));
    m_trouble->hide();
    m_form->setContact(contact);
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    auto *inside = new QWidget(scroll);
    auto *insideColumn = new QVBoxLayout(inside);
    insideColumn->setContentsMargins(22, 18, 22, 8);
    insideColumn->addWidget(m_form);
    insideColumn->addStretch(1);
    scroll->setWidget(inside);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Cancel)->setObjectName(QStringLiteral("cancelContactButton"));
    m_save = buttons->addButton(tr("&Save"), QDialogButtonBox::AcceptRole);
    m_save->setObjectName(QStringLiteral("saveContactButton"));
    m_save->setDefault(true);
    style::setButtonKind(m_save, style::ButtonKind::Primary);
    auto *foot = new QVBoxLayout;
    foot->setContentsMargins(22, 8, 22, 18);
    foot->addWidget(m_trouble);
    foot->addWidget(buttons);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(scroll, 1);
    column->addLayout(foot);
    connect(m_save, &QPushButton::clicked, this, &ContactDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &ContactDialog::reject);
    connect(m_form, &ContactForm::edited, this, [this] {
        m_askedOnce = false;
        m_trouble->hide();
    });
    resize(dialogSize.boundedTo(this->screen()->availableSize()));
    m_form->setFocus();
}

void ContactDialog::save() {
    const std::optional<contacts::Contact> contact = m_form->check();
    if (!contact)
        return;
    m_save->setEnabled(false);
    whenFinished(m_book.save(*contact), this, [this](const Result<contacts::ContactId, Failure> &answer) {
        m_save->setEnabled(true);
        if (!answer) {
            QPalette ink = palette();
            ink.setColor(QPalette::WindowText, style::tokensFor(this).danger);
            m_trouble->setPalette(ink);
            m_trouble->setText(settings::inOneLine(answer.error()));
            m_trouble->show();
            return;
        }
        Q_EMIT saved(*answer);
        accept();
    });
}

void ContactDialog::reject() {
    if (m_form->isEdited() && !m_askedOnce) {
        m_askedOnce = true;
        QPalette ink = palette();
        ink.setColor(QPalette::WindowText, style::tokensFor(this).warn);
        m_trouble->setPalette(ink);
        m_trouble->setText(tr("What you changed is not saved. Cancel again to throw it away."));
        m_trouble->show();
        return;
    }
    QDialog::reject();
}

contacts::Contact contactFor(const desk::AddressBook &book, const phone::Address &number,
                             const QString &name) {
    if (const std::optional<contacts::Contact> known = book.of(number))
        return *known;
    contacts::Contact contact;
    contact.name = name;
    if (!number.isEmpty())
        contact.numbers.append({number, QString()});
    return contact;
}

} // namespace longcode::people
