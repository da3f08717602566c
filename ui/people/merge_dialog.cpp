#include "people/merge_dialog.h"

#include "base/when_finished.h"
#include "people/contact_words.h"
#include "people/known_words.h"
#include "rules/visible_controls.h"
#include "settings/page_parts.h"
#include "style/console_style.h"
#include "style/plain_text.h"
#include "style/theme.h"

#include <QApplication>
#include <QButtonGroup>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

namespace longcode::people {

namespace {

constexpr QSize mergeSize(720, 520);

/// A radio button's text has mnemonics; a foreign "&" is one character.
QString onButton(const QString &foreign) {
    constexpr qsizetype longest = 34; // the heading says it whole
    QString line = style::singleLine(foreign);
    if (line.size() > longest)
        line = line.left(longest) + u'…';
    return line.replace(u'&', QStringLiteral("&&"));
}

} // namespace

MergeDialog::MergeDialog(desk::AddressBook &book, QList<QList<contacts::ContactId>> groups,
                         const phone::Region &home, QWidget *parent)
    : QDialog(parent)
    , m_book(book)
    , m_groups(std::move(groups))
    , m_home(home)
    , m_place(settings::mutedText({}, this))
    , m_frame(new QWidget(this))
    , m_trouble(settings::wrappedText({}, this)) {
    setObjectName(QStringLiteral("mergeDialog"));
    setWindowTitle(tr("Merge duplicates"));
    setAttribute(Qt::WA_DeleteOnClose);
    setModal(true);
    m_place->setObjectName(QStringLiteral("mergePlace"));
    m_trouble->setObjectName(QStringLiteral("mergeTrouble"));
    m_trouble->hide();
    auto *frameColumn = new QVBoxLayout(m_frame);
    frameColumn->setContentsMargins(0, 0, 0, 0);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setObjectName(QStringLiteral("closeMergeButton"));
    m_skip = buttons->addButton(tr("&Different people"), QDialogButtonBox::ActionRole);
    m_skip->setObjectName(QStringLiteral("skipMergeButton"));
    m_merge = buttons->addButton(tr("&Merge"), QDialogButtonBox::ActionRole);
    m_merge->setObjectName(QStringLiteral("mergeButton"));
    m_merge->setAutoDefault(false);
    m_skip->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false); // Enter must not leave by accident
    style::setButtonKind(m_merge, style::ButtonKind::Primary);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(22, 18, 22, 18);
    column->setSpacing(10);
    column->addWidget(settings::heading(tr("Are these the same person?"), this));
    column->addWidget(m_place);
    column->addWidget(m_frame, 1);
    column->addWidget(m_trouble);
    column->addWidget(buttons);
    connect(m_skip, &QPushButton::clicked, this, &MergeDialog::next);
    connect(m_merge, &QPushButton::clicked, this, &MergeDialog::merge);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    resize(mergeSize);
    next();
}

void MergeDialog::next() {
    m_trouble->hide();
    while (++m_at < m_groups.size()) {
        m_people.clear();
        m_ids.clear();
        for (const contacts::ContactId &id : std::as_const(m_groups[m_at])) {
            const std::optional<contacts::Contact> person = m_book.contact(id);
            if (person && m_people.size() < mostAtOnce) {
                m_people.append(*person);
                m_ids.append(id);
            }
        }
        if (m_people.size() > 1) {
            showGroup();
            return;
        }
    }
    accept();
}

void MergeDialog::showGroup() {
    m_place->setText(tr("%1 of %2. Where they differ, choose what is kept; numbers, notes and fields come "
                        "together.")
                         .arg(m_at + 1)
                         .arg(m_groups.size()));
    delete m_body;
    m_choices.clear();
    auto *scroll = new QScrollArea(m_frame);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_body = scroll;
    auto *table = new QWidget(scroll);
    auto *grid = new QGridLayout(table);
    grid->setContentsMargins(0, 6, 0, 6);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(10);
    using contacts::Contact;
    addHeadings(grid);
    addChoice(
        grid, tr("Name"), [](const Contact &c) { return c.name; },
        [](Contact &to, const Contact &from) { to.name = from.name; }, QStringLiteral("mergeName"));
    addChoice(
        grid, tr("Given name"), [](const Contact &c) { return c.givenName; },
        [](Contact &to, const Contact &from) { to.givenName = from.givenName; },
        QStringLiteral("mergeGiven"));
    addChoice(
        grid, tr("Family name"), [](const Contact &c) { return c.familyName; },
        [](Contact &to, const Contact &from) { to.familyName = from.familyName; },
        QStringLiteral("mergeFamily"));
    addChoice(
        grid, tr("Organisation"), [](const Contact &c) { return c.organisation; },
        [](Contact &to, const Contact &from) { to.organisation = from.organisation; },
        QStringLiteral("mergeOrganisation"));
    addChoice(
        grid, tr("Language"), [](const Contact &c) { return languageInWords(c.language); },
        [](Contact &to, const Contact &from) { to.language = from.language; },
        QStringLiteral("mergeLanguage"));
    addChoice(
        grid, tr("Time zone"), [](const Contact &c) { return QString::fromLatin1(c.zone); },
        [](Contact &to, const Contact &from) { to.zone = from.zone; }, QStringLiteral("mergeZone"));
    const Contact together = m_book.merged(m_ids);
    QStringList numbers;
    for (const contacts::ContactNumber &number : together.numbers)
        numbers.append(number.address.display(m_home));
    addTogether(grid, tr("Numbers"), numbers.join(u'\n'), QStringLiteral("mergeNumbers"));
    addTogether(grid, tr("Note"), together.note, QStringLiteral("mergeNote"));
    QStringList fields;
    for (const contacts::CustomField &field : together.custom)
        fields.append(tr("%1: %2").arg(style::singleLine(field.name), style::singleLine(field.value)));
    addTogether(grid, tr("Fields"), fields.join(u'\n'), QStringLiteral("mergeFields"));
    grid->setRowStretch(grid->rowCount(), 1);
    scroll->setWidget(table);
    m_frame->layout()->addWidget(scroll);
    offerMerge();
}

/// The second click or key press that was meant for the group before must not merge this one.
void MergeDialog::offerMerge() {
    m_merge->setEnabled(false);
    m_body->show(); // what is not shown takes no focus
    if (m_choices.isEmpty())
        m_skip->setFocus();
    else
        m_choices.first().buttons->checkedButton()->setFocus();
    QTimer::singleShot(QApplication::doubleClickInterval(), m_body, [this] { m_merge->setEnabled(true); });
}

void MergeDialog::addHeadings(QGridLayout *grid) {
    for (qsizetype i = 0; i < m_people.size(); ++i) {
        QLabel *head = settings::wrappedText(titleOf(m_people[i], m_home), grid->parentWidget());
        head->setObjectName(QStringLiteral("mergeHead%1").arg(i));
        head->setFont(style::textFont(head->font(), style::TextSize::Body, style::TextWeight::Strong));
        grid->addWidget(head, 0, int(i) + 1);
        grid->setColumnStretch(int(i) + 1, 1);
    }
}

void MergeDialog::addChoice(QGridLayout *grid, const QString &label,
                            QString (*value)(const contacts::Contact &),
                            void (*take)(contacts::Contact &, const contacts::Contact &),
                            const QString &objectName) {
    const QString first = value(m_people.first());
    const bool differ = std::any_of(m_people.cbegin(), m_people.cend(),
                                    [&](const auto &person) { return value(person) != first; });
    if (!differ)
        return;
    const int row = grid->rowCount();
    grid->addWidget(settings::mutedText(label, grid->parentWidget()), row, 0);
    auto *buttons = new QButtonGroup(grid->parentWidget());
    for (qsizetype i = 0; i < m_people.size(); ++i) {
        const QString text = value(m_people[i]);
        auto *button = new QRadioButton(text.isEmpty() ? tr("(none)") : onButton(text), grid->parentWidget());
        button->setObjectName(objectName + QString::number(i));
        button->setAccessibleName(
            tr("%1: %2").arg(label, text.isEmpty() ? tr("none") : style::singleLine(text)));
        buttons->addButton(button, int(i));
        grid->addWidget(button, row, int(i) + 1);
        if (!buttons->checkedButton() && !text.isEmpty())
            button->setChecked(true);
    }
    m_choices.append({value, take, buttons});
}

void MergeDialog::addTogether(QGridLayout *grid, const QString &label, const QString &text,
                              const QString &objectName) {
    if (text.isEmpty())
        return;
    const int row = grid->rowCount();
    grid->addWidget(settings::mutedText(label, grid->parentWidget()), row, 0, Qt::AlignTop);
    QLabel *words = settings::wrappedText(rules::displayWithVisibleControls(text), grid->parentWidget());
    words->setObjectName(objectName);
    grid->addWidget(words, row, 1, 1, int(m_people.size()));
}

contacts::Contact MergeDialog::result() const {
    contacts::Contact contact = m_book.merged(m_ids);
    for (const Choice &choice : m_choices)
        choice.take(contact, m_people[choice.buttons->checkedId()]);
    return contact;
}

void MergeDialog::merge() {
    m_merge->setEnabled(false);
    whenFinished(m_book.merge(m_ids, result()), this,
                 [this](const Result<contacts::ContactId, Failure> &answer) {
                     if (!answer) {
                         m_merge->setEnabled(true);
                         m_trouble->setText(settings::inOneLine(answer.error()));
                         m_trouble->show();
                         return;
                     }
                     Q_EMIT merged(*answer);
                     next();
                 });
}

} // namespace longcode::people
