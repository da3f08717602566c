#pragma once

#include "composer/composer_edit.h"
#include "composer/habits.h"
#include "desk/console.h"

#include <QByteArray>
#include <QObject>

class QSettings;

namespace longcode::settings {

enum class Appearance : quint8 { System, Light, Dark };

/// How a person likes the console: kept in the profile folder's `window.ini`, nothing secret. UI thread.
class Preferences : public QObject {
    Q_OBJECT
public:
    explicit Preferences(const desk::ProfileFolder &folder, QObject *parent = nullptr);
    ~Preferences() override;

    [[nodiscard]] Appearance appearance() const;
    void setAppearance(Appearance appearance);

    [[nodiscard]] composer::SendKey sendKey() const;
    void setSendKey(composer::SendKey key);

    /// Opaque states of QMainWindow and QSplitter; empty: none kept yet.
    [[nodiscard]] QByteArray geometry() const;
    void keepGeometry(const QByteArray &geometry);
    [[nodiscard]] QByteArray panes() const;
    void keepPanes(const QByteArray &panes);

    /// Whether closing the window leaves the console running in the tray.
    [[nodiscard]] bool keepsInTray() const;
    void setKeepsInTray(bool keeps);
    /// Whether it has been said once that the console runs on in the tray.
    [[nodiscard]] bool hasSaidOfTray() const;
    void noteSaidOfTray();

    /// Object names of the palette's commands, the one used last first; at most `mostRecent`.
    [[nodiscard]] QStringList recentCommands() const;
    void useCommand(const QString &name);
    static constexpr int mostRecent = 20;

    /// How the person writes; kept in the same folder's `composer.ini`.
    [[nodiscard]] composer::Habits &habits() { return m_habits; }

Q_SIGNALS:
    void appearanceChanged(longcode::settings::Appearance appearance);
    void sendKeyChanged(longcode::composer::SendKey key);
    void keepsInTrayChanged(bool keeps);

private:
    std::unique_ptr<QSettings> m_file;
    composer::Habits m_habits;
};

} // namespace longcode::settings
