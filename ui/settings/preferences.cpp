#include "settings/preferences.h"

#include <QSettings>

namespace longcode::settings {

namespace {

const QString appearanceKey = QStringLiteral("appearance");
const QString sendKeyKey = QStringLiteral("sendKey");
const QString geometryKey = QStringLiteral("geometry");
const QString panesKey = QStringLiteral("panes");
const QString trayKey = QStringLiteral("keepsInTray");
const QString saidOfTrayKey = QStringLiteral("saidOfTray");
const QString recentKey = QStringLiteral("recentCommands");
const QString light = QStringLiteral("light");
const QString dark = QStringLiteral("dark");
const QString controlEnter = QStringLiteral("ctrl+enter");

} // namespace

Preferences::Preferences(const desk::ProfileFolder &folder, QObject *parent)
    : QObject(parent)
    , m_file(std::make_unique<QSettings>(folder.path + QStringLiteral("/window.ini"), QSettings::IniFormat))
    , m_habits(folder.path + QStringLiteral("/composer.ini")) {}

Preferences::~Preferences() = default;

Appearance Preferences::appearance() const {
    const QString kept = m_file->value(appearanceKey).toString();
    if (kept == light)
        return Appearance::Light;
    return kept == dark ? Appearance::Dark : Appearance::System;
}

void Preferences::setAppearance(Appearance appearance) {
    if (appearance == this->appearance())
        return;
    if (appearance == Appearance::System)
        m_file->remove(appearanceKey);
    else
        m_file->setValue(appearanceKey, appearance == Appearance::Light ? light : dark);
    Q_EMIT appearanceChanged(appearance);
}

composer::SendKey Preferences::sendKey() const {
    return m_file->value(sendKeyKey).toString() == controlEnter ? composer::SendKey::ControlEnter
                                                                : composer::SendKey::Enter;
}

void Preferences::setSendKey(composer::SendKey key) {
    if (key == sendKey())
        return;
    if (key == composer::SendKey::Enter)
        m_file->remove(sendKeyKey);
    else
        m_file->setValue(sendKeyKey, controlEnter);
    Q_EMIT sendKeyChanged(key);
}

QByteArray Preferences::geometry() const {
    return m_file->value(geometryKey).toByteArray();
}

void Preferences::keepGeometry(const QByteArray &geometry) {
    m_file->setValue(geometryKey, geometry);
}

QByteArray Preferences::panes() const {
    return m_file->value(panesKey).toByteArray();
}

void Preferences::keepPanes(const QByteArray &panes) {
    m_file->setValue(panesKey, panes);
}

bool Preferences::keepsInTray() const {
    return m_file->value(trayKey).toBool();
}

void Preferences::setKeepsInTray(bool keeps) {
    if (keeps == keepsInTray())
        return;
    if (keeps)
        m_file->setValue(trayKey, true);
    else
        m_file->remove(trayKey);
    Q_EMIT keepsInTrayChanged(keeps);
}

bool Preferences::hasSaidOfTray() const {
    return m_file->value(saidOfTrayKey).toBool();
}

void Preferences::noteSaidOfTray() {
    m_file->setValue(saidOfTrayKey, true);
}

QStringList Preferences::recentCommands() const {
    return m_file->value(recentKey).toStringList();
}

void Preferences::useCommand(const QString &name) {
    if (name.isEmpty())
        return;
    QStringList recent = recentCommands();
    recent.removeAll(name);
    recent.prepend(name);
    m_file->setValue(recentKey, QStringList(recent.mid(0, mostRecent)));
}

} // namespace longcode::settings
