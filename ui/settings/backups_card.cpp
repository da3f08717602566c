#include "settings/backups_card.h"

#include "settings/page_parts.h"
#include "style/banner.h"
#include "style/panel.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace longcode::settings {

BackupsCard::BackupsCard(QWidget *parent) : QWidget(parent) {
    setObjectName(QStringLiteral("backupsCard"));
    QVBoxLayout *column = nullptr;
    QWidget *card = makeCard(tr("Backups"), column, this);
    m_daily = new QCheckBox(
        tr("&Back up every day, and keep the backups of %1 days").arg(desk::Backups::kept), card);
    m_daily->setObjectName(QStringLiteral("dailyBackupBox"));
    m_last = wrappedText({}, card);
    m_last->setObjectName(QStringLiteral("lastBackup"));
    m_place = mutedText({}, card);
    m_place->setObjectName(QStringLiteral("backupPlace"));
    m_place->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_place->setAccessibleName(tr("Where the backups are"));
    m_trouble = new style::Banner(style::BannerTone::Danger, card);
    m_trouble->setObjectName(QStringLiteral("backupTrouble"));
    m_now = new QPushButton(card);
    m_now->setObjectName(QStringLiteral("backUpNowButton"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_now);
    buttons->addStretch(1);
    for (QWidget *part : std::initializer_list<QWidget *>{m_daily, m_last, m_place, m_trouble})
        column->addWidget(part);
    column->addLayout(buttons);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(card);
    connect(m_daily, &QCheckBox::clicked, this, [this](bool on) {
        if (m_backups)
            m_backups->setOn(on);
    });
    connect(m_now, &QPushButton::clicked, this, [this] {
        if (m_backups)
            m_backups->backUpNow();
    });
    refresh();
}

void BackupsCard::setBackups(desk::Backups *backups) {
    if (m_backups)
        disconnect(m_backups, nullptr, this, nullptr);
    m_backups = backups;
    if (m_backups)
        connect(m_backups, &desk::Backups::changed, this, &BackupsCard::refresh);
    refresh();
}

void BackupsCard::refresh() {
    setVisible(m_backups != nullptr);
    if (!m_backups)
        return;
    const QList<desk::Backup> all = m_backups->all();
    const bool running = m_backups->isRunning();
    m_daily->setChecked(m_backups->isOn());
    if (all.isEmpty())
        m_last->setText(tr("No backup has been made yet."));
    else
        m_last->setText(tr("Last backup: %1 (%2)")
                            .arg(QLocale().toString(all.first().at.toLocalTime(), QLocale::ShortFormat),
                                 QLocale().formattedDataSize(all.first().bytes)));
    m_place->setText(tr("In %1").arg(m_backups->place()));
    const std::optional<Failure> trouble = m_backups->trouble();
    m_trouble->setText(trouble ? inOneLine(*trouble) : QString());
    m_trouble->setVisible(trouble.has_value());
    m_now->setText(running ? tr("Backing up…") : tr("Back up &now"));
    m_now->setEnabled(!running);
}

} // namespace longcode::settings
